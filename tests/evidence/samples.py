"""Files of our own making, one of each type that is taken in and some that only pretend."""

from __future__ import annotations

import struct
import zlib

MAIL = b"From: Mira <mira@example.org>\r\nSubject: cup\r\n\r\nIt is broken.\r\n"


def png(width: int = 4, height: int = 4, *, says_width: int | None = None) -> bytes:
    """A red picture; its header may claim another width than its rows have."""
    header = struct.pack(">IIBBBBB", says_width or width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\xff\x00\x00" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
