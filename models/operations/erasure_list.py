"""Who was erased on request, kept beside the evidence: the store of an older backup does not know it.

    <files>/erased.jsonl     a line each: when, and the keyed digest of their reference

By the digest the store itself, and whoever restores it, can tell who is meant, and nobody else can.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.errors import Misused, StoreUnavailable
from models.file_places import ERASURES, file_store
from models.operations.journal import digester
from models.queries.erasures import erased_parties
from models.tables import Party

Lines = dict[str, str]
"""By the digest, when it was."""


def keep(other: Path | None = None) -> None:
    """Bring the list up to date with the store's events, and with an `other` one; it is there from then on, if empty.

    Raises Misused and StoreUnavailable.
    """
    path = file_store().folder / ERASURES
    before = _read(path)
    lines = (_read(other, is_needed=True) if other else {}) | before | _of_events()
    if lines != before or not path.exists():
        _write(path, lines)


def check(path: Path) -> None:
    """Raise Misused where `path` is no list of erasures."""
    _read(path, is_needed=True)


def pending() -> list[int]:
    """The parties of this store whose erasure is on the list and not among its events, by number."""
    waiting = _read(file_store().folder / ERASURES).keys() - _of_events().keys()
    if not waiting:
        return []
    digest = digester()
    rows: Any = Party.select(Party.id, Party.side, Party.ref).order_by(Party.id).tuples()
    return [number for number, side, ref in rows.iterator() if digest(_named(side, ref)) in waiting]


def _named(side: str, ref: str) -> str:
    return f"erase {side}:{ref}"


def _of_events() -> Lines:
    found, digest = erased_parties(), digester()
    rows: Any = Party.select(Party.id, Party.side, Party.ref).where(Party.id.in_(list(found))).tuples()
    return {
        digest(_named(side, ref)): f"{datetime.fromtimestamp(found[number], UTC):%Y-%m-%dT%H:%M:%SZ}"
        for number, side, ref in rows
    }


def _read(path: Path, *, is_needed: bool = False) -> Lines:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        if is_needed:
            raise Misused(f"{path} cannot be read: {error.strerror}.") from error
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    return dict(_line(line, number, path) for number, line in enumerate(lines, 1) if line.strip())


def _line(line: str, number: int, path: Path) -> tuple[str, str]:
    try:
        told: Any = json.loads(line)
        party, at = told["party"], told["at"]
    except (ValueError, TypeError, KeyError, RecursionError):
        party = at = None
    if not isinstance(party, str) or not isinstance(at, str):
        raise Misused(f"Line {number} of {path} is none of a list of erasures: 'disputes erase' keeps one.")
    return party, at


def _write(path: Path, lines: Lines) -> None:
    text = "".join(json.dumps({"at": at, "party": party}) + "\n" for party, at in sorted(lines.items(), key=_by_time))
    beside = path.with_name(f".{secrets.token_hex(16)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreUnavailable(f"The list of erasures {path} cannot be written: {error.strerror}.") from error


def _by_time(line: tuple[str, str]) -> tuple[str, str]:
    return line[1], line[0]
