"""What can be wrong with a file or a line of it, each with a sentence that says the way out.

A fault is a code and its values, so that it can be kept as data and told later in the language of
whoever reads it. Values are numbers, column names and the offending time or id; never what a
citizen wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Value = str | int

SHOWN = 60
"""So many characters of an offending value are shown."""

FILE_SENTENCES: Mapping[str, Promise] = {
    "gone": _("The file could not be opened. Choose it again."),
    "changed": _("The file is no longer the one that was chosen. Choose it again."),
    "empty": _("The file is empty."),
    "not_text": _(
        "This is not a file of comments that can be read here. Use CSV, Excel (.xlsx) or the page "
        "export from Facebook as JSON or zip. From a spreadsheet, save as “CSV UTF-8”."
    ),
    "old_workbook": _(
        "This is an old Excel file (.xls) or one with a password. Open it in Excel, remove the "
        "password and save it as .xlsx or “CSV UTF-8”."
    ),
    "other_workbook": _(
        "This spreadsheet format cannot be read here. Save it as Excel (.xlsx) or “CSV UTF-8”."
    ),
    "html": _("This is a web page, not a file of comments. Use CSV, Excel (.xlsx) or JSON."),
    "facebook_html": _(
        "This is the page export from Facebook as web pages (HTML), which cannot be read reliably."
        " Order the export again in Facebook under “Download your information”, and choose the "
        "format JSON."
    ),
    "page_insights": _(
        "This is Meta Business Suite’s overview of the whole page, day by day. Order the export of"
        " content instead: Insights, Content, Export data. It has one line for each post."
    ),
    "line_endless": _(
        "Line %(line)s has more than %(most)s characters, so this is not a table. Export the file "
        "again."
    ),
    "heading_missing": _(
        "The first line seems to be a comment, not the columns’ names. Add a line with names at "
        "the top, for example comment_id, text and time."
    ),
    "columns_too_many": _("The file has more than %(most)s columns. Remove those you do not need."),
    "columns_missing": _(
        "Say which columns hold: %(fields)s. The file has these columns: %(columns)s."
    ),
    "column_unknown": _(
        "There is no column “%(column)s” in the file. The file has these columns: %(columns)s."
    ),
    "field_unknown": _("“%(field)s” is not something to import. You can import: %(fields)s."),
    "zip_damaged": _("The zip file is damaged or was not downloaded whole. Download it again."),
    "zip_encrypted": _("The zip file has a password. Unpack it and pack it again without one."),
    "zip_bomb": _(
        "The zip file unpacks to an unreasonable size, so it is not opened. Unpack it yourself and"
        " choose the file inside, if you trust where it came from."
    ),
    "zip_names": _(
        "The zip file holds a file name that points outside it (%(name)s), so it is not opened. "
        "Get the file again from where it was made."
    ),
    "zip_nested": _(
        "There is another zip file inside this one (%(name)s). Unpack it and choose the inner file."
    ),
    "zip_other": _(
        "The zip file holds no posts or comments from a Facebook page. Order the page’s export "
        "with posts and comments in the format JSON, or unpack the zip file and choose a CSV or "
        "Excel file inside."
    ),
    "workbook_damaged": _(
        "The Excel file is damaged (after row %(line)s). Open it in Excel, save it again as .xlsx "
        "or “CSV UTF-8”, and choose the new file."
    ),
    "workbook_too_large": _(
        "The Excel file holds more than can be read. Save it as “CSV UTF-8” instead."
    ),
    "sheet_unknown": _("There is no sheet “%(sheet)s” in the file. It has: %(sheets)s."),
    "sheets_empty": _("There is nothing in the sheets of the Excel file."),
    "json_damaged": _(
        "The JSON file is damaged or was not downloaded whole (after entry %(line)s). Download it "
        "again."
    ),
    "json_other": _(
        "This JSON file is not from a Facebook page export. Choose profile_posts_1.json, "
        "comments.json or the whole zip file."
    ),
    "not_facebook": _(
        "This is not a Facebook page export. Choose the zip file from Facebook or one of its JSON "
        "files."
    ),
    "not_table": _("This is not a table. Choose a CSV or Excel (.xlsx) file."),
}

LINE_SENTENCES: Mapping[str, Promise] = {
    "empty": _("The cell is empty, and it must be filled."),
    "too_long": _("The cell has %(length)s characters; at most %(most)s can be kept."),
    "cell_giant": _("A cell has more than %(most)s characters."),
    "cells_too_many": _(
        "The line has more cells (%(found)s) than the heading (%(expected)s). Perhaps a text with "
        "the separator in it lacks its quotation marks."
    ),
    "quote_misplaced": _(
        "A quotation mark stands where it does not belong. A text that holds quotation marks must "
        "have each of them twice, and one at either end."
    ),
    "quote_open": _(
        "A quotation mark opens here and is never closed, so the rest of the file was not read. "
        "Close it and import the file again; what is already in stays as it is."
    ),
    "id_damaged": _(
        "The number %(value)s has been cut to 15 digits by Excel, so nobody can tell what it was. "
        "Export the file again without opening it in Excel, or format the column as Text before "
        "the numbers go in."
    ),
    "id_unreadable": _(
        "The id holds characters that cannot be read. Save the file as “CSV UTF-8”."
    ),
    "answers_itself": _("The comment is given as an answer to itself."),
    "time_unreadable": _(
        "“%(value)s” is not a time that can be read. Write it like 24-12-2025 08:30 or "
        "2025-12-24T08:30."
    ),
    "time_short_year": _(
        "“%(value)s” has a year of two digits. Write all four, like 24-12-2025 08:30."
    ),
    "time_month_first": _(
        "“%(value)s” has no such month; the month seems to come first. Write the day first, like "
        "24-12-2025 08:30, or 2025-12-24T08:30."
    ),
    "time_impossible": _("“%(value)s” does not exist: there is no such date or hour."),
    "time_skipped": _(
        "“%(value)s” does not exist: the clock skipped that hour when summer time began."
    ),
    "time_implausible": _("“%(value)s” is before the year 2000 or after 2099."),
    "count_unreadable": _("“%(value)s” is not a whole number."),
    "flag_unreadable": _("“%(value)s” is neither yes nor no. Write ja, nej, true, false, 1 or 0."),
    "address_unreadable": _(
        "The cell is not a web address. It must begin with https:// or http:// or be empty."
    ),
    "figures_daily": _(
        "The figures are for one day only. Order the export of content with figures for the posts’"
        " lifetime."
    ),
    "entry_unknown": _("The entry is neither a post nor a comment as Facebook writes them."),
}


class Refused(Exception):
    """Inside the readers: a value of ``field`` cannot be taken. Becomes a ``Fault``."""

    def __init__(self, code: str, field: str = "", **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class UnreadableFile(Exception):
    """The file, or the rest of it, cannot be read. ``str()`` is a sentence with the way out.

    May also come while reading, when damage shows up late; what was read before stands.
    """

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return translate_sentence(FILE_SENTENCES[self.code], self.values)


@dataclass(frozen=True, slots=True)
class Fault:
    """A refused line. ``last`` is its last physical line when it runs over several; ``column`` the
    heading.
    """

    line: int
    code: str
    column: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    last: int = 0

    @property
    def reason(self) -> str:
        """Why, in the language now active."""
        sentence = translate_sentence(LINE_SENTENCES[self.code], self.values)
        if self.last <= self.line:
            return sentence
        span = gettext("(Lines %(first)s to %(last)s were read as one.)")
        return f"{sentence} {span % {'first': self.line, 'last': self.last}}"


def shown(value: str) -> str:
    """``value`` short enough for a sentence."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def translate_sentence(sentence: Promise, values: Mapping[str, Value]) -> str:
    """``sentence`` with its values, in the language now active."""
    return str(sentence) % values if values else str(sentence)
