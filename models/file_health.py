"""Whether the evidence files and what the store says of them agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Any

from models.dataclass import dataclass
from models.file_inspection import Entry, State, entries, is_there
from models.queries.intakes import PLACE
from models.rules.intake import intake_from
from models.tables import Draft, Evidence

AT_ONCE = 500
SHOWN = 5


@dataclass(slots=True)
class Files:
    """What a look through the folder found; of each kind the first few by name, and how many."""

    named: int = 0
    """Contents that the store names."""
    found: dict[str, int] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, name: str) -> None:
        self.found[what] = self.found.get(what, 0) + 1
        if len(shown := self.shown.setdefault(what, [])) < SHOWN:
            shown.append(name)

    def said(self, what: str) -> str:
        """`3: a, b, …`"""
        shown, count = self.shown.get(what, []), self.found.get(what, 0)
        return f"{count}: {', '.join(shown)}{', …' if count > len(shown) else ''}"


MISSING = "missing"
UNNAMED = "named by nothing"


def look(folder: Path, on_progress: Callable[[int], None] | None = None) -> Files:
    """Read every file to its end. Raises StoreUnavailable for a folder that cannot be read."""
    files = Files()
    for names in _named():
        files.named += len(names)
        for sha256 in names:
            if not is_there(folder, sha256):
                files.add(MISSING, f"{sha256[:12]} of {_holder(sha256)}")
    unnamed: list[Entry] = []
    for number, each in enumerate(_with_unnamed(folder, unnamed), 1):
        if each.state is not State.SOUND:
            holder = f" of {_holder(each.sha256)}" if each.sha256 else ""
            files.add(each.state, f"{each.path}{holder}")
        if on_progress is not None:
            on_progress(number)
    # What was taken in while we looked had its file before its row.
    for entry in unnamed:
        if not named_among([entry.sha256]):
            files.add(UNNAMED, str(entry.path))
    return files


def _with_unnamed(folder: Path, unnamed: list[Entry]) -> Iterator[Entry]:
    """All entries; those that nothing names are put aside."""
    everything = entries(folder)
    while some := list(islice(everything, AT_ONCE)):
        known = named_among([each.sha256 for each in some if each.sha256])
        unnamed += [each for each in some if each.sha256 and each.sha256 not in known]
        yield from some


def _named() -> Iterator[Sequence[str]]:
    """Every content that a case or a half-filled claim names, in batches."""
    last = ""
    while rows := _after(last):
        yield rows
        last = rows[-1]
    drafts = sorted(_of_drafts())
    for start in range(0, len(drafts), AT_ONCE):
        some = drafts[start : start + AT_ONCE]
        known = _of_cases(some)
        yield [each for each in some if each not in known]


def _after(last: str) -> list[str]:
    rows: Any = (
        Evidence.select(Evidence.sha256)
        .where(Evidence.sha256 > last)
        .distinct()
        .order_by(Evidence.sha256)
        .limit(AT_ONCE)
        .tuples()
    )
    return [sha256 for (sha256,) in rows]


def _of_drafts() -> dict[str, int]:
    """Contents of claims that are not cases yet, with the draft's number."""
    found: dict[str, int] = {}
    for row in Draft.select(Draft.id, Draft.body).where(Draft.place.startswith(PLACE)):
        body = json.loads(row.body)
        for piece in intake_from(body if isinstance(body, dict) else {}).shown:
            found[piece.sha256] = row.id
    return found


def _of_cases(names: Collection[str]) -> set[str]:
    rows: Any = Evidence.select(Evidence.sha256).where(Evidence.sha256.in_(list(names))).distinct().tuples()
    return {sha256 for (sha256,) in rows}


def named_among(names: Collection[str]) -> set[str]:
    """Those among the names that anything points at."""
    known = _of_cases(names)
    return known if len(known) == len(set(names)) else known | _of_drafts().keys()


def _holder(sha256: str) -> str:
    """Who points at the content."""
    piece = Evidence.select(Evidence.dispute, Evidence.number).where(Evidence.sha256 == sha256).tuples().first()
    if piece is not None:
        return f"C{piece[0]}, piece {piece[1]}"
    draft = _of_drafts().get(sha256)
    return f"draft {draft}" if draft is not None else "nothing"
