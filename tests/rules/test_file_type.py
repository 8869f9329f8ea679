"""A file is what its first bytes say."""

from __future__ import annotations

import pytest

from models.rules.file_type import file_type

MAIL = b"Received: from a by b\r\nFrom: Mira <mira@example.org>\r\nSubject: cup\r\n\r\nIt is broken.\r\n"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
        (b"GIF89a\x01\x00", "gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "mp4"),
        (b"It is broken.\n", "txt"),
        ("Сломано, 壊れた".encode(), "txt"),
        ("\ufeffbroken".encode("utf-16-le"), "txt"),
        (b"caf\xe9 in an older encoding", "txt"),
        (b"Subject to change: this is no mail\n", "txt"),
        (b"<script>alert(1)</script>", "txt"),
        (MAIL, "eml"),
        (b"X-Spam: no\n" + MAIL, "eml"),
        (b"", None),
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x01", None),
        (b"PK\x03\x04\x14\x00", None),
        (b"\x1f\x8b\x08\x00", None),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", None),
        (b"\x00\x00\x00\x14ftypqt  ", None),
        (b"\xff\xfe\x00\x00\x01\x00", None),
        (b"text\x00with a NUL", None),
    ],
)
def test_the_first_bytes_tell_the_type(head: bytes, found: str | None) -> None:
    assert file_type(head) == found
