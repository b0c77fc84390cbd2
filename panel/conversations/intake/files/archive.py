"""Opening zip files from strangers: looked at as a list first, and never unpacked to disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from .faults import UnreadableFile, shown

DIRECTORY_MOST = 64 * 2**20
"""Bytes in the zip's own list of contents: about half a million names."""

MEMBER_MOST = 2 * 2**30
"""Bytes of one member that is read, unpacked."""

RATIO_MOST = 200
"""A member may unpack to so many times its packed size, once it is larger than ``RATIO_FROM``."""

RATIO_FROM = 50 * 2**20

_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_END = b"PK\x05\x06"
_END_LENGTH = 22
_COMMENT_MOST = 0xFFFF
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)


@contextmanager
def damage_told() -> Iterator[None]:
    """Whatever ``zipfile`` raises on a broken file becomes ``UnreadableFile``."""
    try:
        yield
    except _BROKEN as error:
        raise UnreadableFile("zip_damaged") from error


def is_zip(path: Path) -> bool:
    """Whether the file begins as zip files do."""
    with path.open("rb") as file:
        return file.read(4) in _STARTS


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file, its list of contents checked. Raises ``UnreadableFile`` for what should not be
    opened.
    """
    if _directory_size(path) > DIRECTORY_MOST:
        raise UnreadableFile("zip_bomb")
    with damage_told():
        archive = zipfile.ZipFile(path)
    with archive:
        for member in archive.infolist():
            _check(member)
        yield archive


def _directory_size(path: Path) -> int:
    """What the end of the file says about the size of its list. A 64-bit size reads as the largest
    32-bit one, and is refused with the others: four gigabytes of names are no export.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_LENGTH - _COMMENT_MOST))
        tail = file.read()
    found = tail.rfind(_END)
    if found < 0 or found + _END_LENGTH > len(tail):
        raise UnreadableFile("zip_damaged")
    return int(struct.unpack_from("<L", tail, found + 12)[0])


def _check(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
        raise UnreadableFile("zip_names", name=shown(member.filename))
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableFile("zip_encrypted")
    if _is_nested(path):
        raise UnreadableFile("zip_nested", name=shown(path.name))
    if member.file_size > RATIO_FROM and member.file_size > RATIO_MOST * member.compress_size:
        raise UnreadableFile("zip_bomb")


def _is_nested(path: PurePosixPath) -> bool:
    """A zip file inside; but what people have sent the page as a message is neither read nor a
    reason to refuse.
    """
    folders = {part.casefold() for part in path.parts[:-1]}
    return path.suffix.casefold() == ".zip" and "messages" not in folders


def check_readable(members: list[zipfile.ZipInfo]) -> None:
    """The members about to be read are of a known packing and, together, of a reasonable size."""
    if any(member.compress_type not in _METHODS for member in members):
        raise UnreadableFile("zip_damaged")
    if sum(member.file_size for member in members) > MEMBER_MOST:
        raise UnreadableFile("zip_bomb")
