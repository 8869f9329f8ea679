"""One thing that `doctor` has looked at."""

from __future__ import annotations

from models.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    is_good: bool
    said: str
    is_note: bool = False
    """Worth looking at, and nothing is wrong."""
