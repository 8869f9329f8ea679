"""What is on record of a case, and what of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.dataclass import dataclass
from models.rules.act import Act


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event of a case."""

    seq: int
    verb: str
    actor: str
    recorded_at: datetime
    acts: tuple[Act, ...]


def superseded(events: Sequence[Recorded], also: frozenset[int] = frozenset()) -> frozenset[int]:
    """The numbers of events that stand no more, `also` among them; a correction that was corrected supersedes none."""
    wrong = set(also)
    for event in reversed(events):
        if event.seq not in wrong:
            wrong.update(act.corrects for act in event.acts if act.corrects is not None)
    return frozenset(wrong)


def standing(events: Sequence[Recorded]) -> list[Recorded]:
    wrong = superseded(events)
    return [event for event in events if event.seq not in wrong]
