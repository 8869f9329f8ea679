"""A file, or standard input, opened and looked through once: how it is encoded, and whether all of it is text."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import shutil
import stat
import sys
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from models.dataclass import dataclass
from models.errors import Misused

STANDARD_INPUT = "-"
_CHUNK = 1 << 20

_BOMS = (  # the longer first: UTF-32's starts with UTF-16's
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the first pass over the bytes found."""

    encoding: str
    bom_bytes: int
    sha256: str
    is_blank: bool
    has_quote: bool
    has_nul: bool
    has_long_line: bool
    """A line may be longer than a few MiB."""


class Opened:
    """A seekable stream of bytes and what is known of it. Raises Misused for what is missing, unreadable or no text."""

    def __init__(self, path: str) -> None:
        self.name = "standard input" if path == STANDARD_INPUT else os.path.basename(path)
        self._file = _open(path, self.name)
        # Closes when nobody holds it any more, so that a forgotten one is no leak.
        self._closing = weakref.finalize(self, self._file.close)
        try:
            self.look = _look_through(self._file, self.name)
        except OSError as fault:
            raise Misused(f"{self.name} cannot be read: {fault.strerror}.") from fault
        self._stamp = self._stamped()

    def close(self) -> None:
        self._closing()

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """The whole text from its beginning, line ends untouched; one reader at a time."""
        if self._stamped() != self._stamp:
            raise Misused(f"{self.name} changed while it was read; import it again.")
        self._file.seek(self.look.bom_bytes)
        wrapped = io.TextIOWrapper(self._file, encoding=self.look.encoding, newline="")
        try:
            yield wrapped
        finally:
            if not self._file.closed:  # a reader that was given up half-way may outlive the file
                wrapped.detach()

    def _stamped(self) -> tuple[int, int]:
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns


def _open(path: str, name: str) -> BinaryIO:
    if path == STANDARD_INPUT:
        return _spooled(sys.stdin.buffer, name)
    try:
        file = open(path, "rb")  # noqa: SIM115
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        raise Misused(f"{path!r} cannot be read: {reason}.") from fault
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    with file:
        return _spooled(file, name)


def _spooled(stream: BinaryIO, name: str) -> BinaryIO:
    """A copy on disk without a name, because the whole is checked before its first row is handed out."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        shutil.copyfileobj(stream, copy, _CHUNK)
        copy.flush()
    except OSError as fault:
        copy.close()
        raise Misused(f"{name} cannot be read or kept meanwhile: {fault.strerror}.") from fault
    return copy


def _look_through(file: BinaryIO, name: str) -> Look:
    file.seek(0)
    head = file.read(64)
    encoding, bom_bytes = _encoding(head, name)
    decoder = codecs.getincrementaldecoder(encoding)()
    digest = hashlib.sha256(head[:bom_bytes])
    is_blank, has_quote, has_nul, has_long_line = True, False, False, False
    lines, without_line_end, position = 1, 0, bom_bytes
    file.seek(bom_bytes)
    while True:
        chunk = file.read(_CHUNK)
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as fault:
            lines += fault.object[: fault.start].decode(encoding, "replace").count("\n")
            raise Misused(_no_text(name, encoding, position - pending + fault.start, lines)) from fault
        if not chunk:
            break
        digest.update(chunk)
        position += len(chunk)
        ends = text.count("\n")
        lines += ends
        without_line_end = 0 if ends or "\r" in text else without_line_end + 1
        has_long_line = has_long_line or without_line_end > 3
        is_blank = is_blank and not text.strip()
        has_quote = has_quote or '"' in text
        has_nul = has_nul or "\0" in text
    return Look(encoding, bom_bytes, digest.hexdigest(), is_blank, has_quote, has_nul, has_long_line)


def _encoding(head: bytes, name: str) -> tuple[str, int]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            if not encoding:
                raise Misused(f"{name} is UTF-32; save it as UTF-8.")
            return encoding, len(bom)
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise Misused(f"{name} is {what}, not text; save it as CSV or JSON Lines in UTF-8.")
    if len(head) >= 4 and head[0:4].count(0) == 2 and (head[0] == head[2] == 0 or head[1] == head[3] == 0):
        raise Misused(f"{name} looks like UTF-16 without a byte order mark; save it as UTF-8.")
    return "utf-8", 0


def _no_text(name: str, encoding: str, offset: int, line: int) -> str:
    called = "UTF-8" if encoding == "utf-8" else "UTF-16"
    return f"{name} is not {called}: the byte at offset {offset} (line {line}) is no character; save it as UTF-8."
