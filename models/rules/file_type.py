"""What a file is, by its first bytes. Its name is only what somebody called it."""

from __future__ import annotations

import re

from models.vocabulary import FileType

HEAD_BYTES = 8192
"""As much of a file as is looked at."""

_MAGIC: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
)
_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV", b"mmp4"}
)
"""Of ISO/IEC 14496-12 and its register; a HEIC picture and a QuickTime film begin alike and are none of these."""
_MAIL_HEADER = re.compile(
    rb"(?i)(return-path|received|delivered-to|from|to|cc|date|subject|message-id|mime-version|reply-to"
    rb"|x-[a-z0-9-]+|arc-[a-z-]+|dkim-signature|authentication-results|content-[a-z-]+): ?"
)
_MAIL_NAMES_ONE = re.compile(rb"(?im)^(from|message-id|received|return-path): ?")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Control bytes that no text has; the escape byte is left to whoever shows the text."""
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def file_type(head: bytes) -> FileType | None:
    """The type that `head`, a file's first `HEAD_BYTES`, begins; None for everything that is not taken in."""
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[4:8] == b"ftyp":
        return FileType.MP4 if head[8:12] in _MP4_BRANDS else None
    if encoding := _UTF16.get(head[:2]):
        text = head[2:].decode(encoding, "replace")
        return None if _BINARY.search(text.encode("utf-8", "replace")) else FileType.TXT
    if not head or _BINARY.search(head):
        return None
    return FileType.EML if _MAIL_HEADER.match(head) and _MAIL_NAMES_ONE.search(head) else FileType.TXT
