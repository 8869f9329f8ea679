"""Which format a file has: by what it holds; its name decides only where the content leaves it open."""

from __future__ import annotations

import re
from typing import Protocol

from models.errors import Misused
from seed.nearest import did_you_mean, shown
from seed.reading.delimited import Delimited
from seed.reading.json_document import JsonDocument
from seed.reading.json_lines import JsonLines
from seed.reading.json_values import DECODER
from seed.reading.opened import Opened
from seed.reading.rows import Rows

FORMATS = ("auto", "csv", "jsonl", "json")


class RawFile(Protocol):
    """A file that was found whole; what it can hand out."""

    columns: tuple[str, ...]
    """The header, or the keys of the first hundred objects."""

    def rows(self) -> Rows: ...


def raw_file(opened: Opened, format: str) -> tuple[str, RawFile]:
    """The format as found, and the file in it. Raises Misused for a file that has to be refused as a whole."""
    if format not in FORMATS:
        raise Misused(f"{shown(format)} is no format: use {', '.join(FORMATS)}{did_you_mean(format, FORMATS)}")
    if opened.look.is_blank and format != "jsonl":
        raise Misused(f"{opened.name} is empty.")
    found = _found(opened) if format == "auto" else format
    if found == "csv":
        return found, Delimited(opened)
    return found, JsonLines(opened) if found == "jsonl" else JsonDocument(opened)


def _found(opened: Opened) -> str:
    with opened.text() as text:
        head = text.read(1 << 16).lstrip()
    if re.match(r'\[\s*[\[{\]"]', head):
        return "json"
    if not re.match(r'\{\s*["}]', head):
        return "csv"
    if opened.name.lower().endswith((".jsonl", ".ndjson")):
        return "jsonl"
    first_line = head.split("\n", 1)[0]
    try:
        DECODER.decode(first_line)
    except (ValueError, RecursionError):
        return "json" if len(first_line) < len(head) else "jsonl"
    return "jsonl"
