"""Files to records: what somebody exported, sent or typed becomes what ``channels.incoming``
describes.

``examine`` says what a file is and what its columns seem to hold; ``read`` yields, for every line,
a ``Record`` with its post and comment or a ``Fault`` with the reason. Nothing here touches the
database, and nothing a file can hold raises anything but ``UnreadableFile``. What is taken and
refused is told in ``docs/features/import.md``.

    examining        what kind of file, which columns
    reading          a file to entries, from any line on
    lines            bytes to lines of text
    delimited        CSV to rows
    workbook         Excel to rows
    archive          zip files from strangers
    columns          headings known, and guessed
    values, times    cells to values
    comment_rows     rows to comments
    business_suite   rows to posts with counts
    facebook_export  a page's own export, by json_stream and mojibake
    records, faults  what comes out
"""

from .examining import KINDS, examine
from .faults import Fault, UnreadableFile
from .reading import read
from .records import Entry, Guess, Record

__all__ = ["KINDS", "Entry", "Fault", "Guess", "Record", "UnreadableFile", "examine", "read"]
