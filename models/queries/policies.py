"""The versions of the policy, and the one that new cases pin."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import fn

from models.dataclass import dataclass
from models.rules.policy import SHIPPED, Policy, policy, text_of
from models.tables import Dispute, Event, PolicyActivation, PolicyVersion

if TYPE_CHECKING:
    from models.rules.policy_diff import Difference

EDIT = "policy edit"
"""The verb of the event that makes a version."""


@dataclass(frozen=True, slots=True)
class Version:
    version: int
    is_active: bool
    """New cases pin it."""
    made_at: datetime | None
    """None for the one that the program brought."""
    made_by: str
    activated_at: datetime | None
    """The last time; None for one that never was, and for the first as long as no other was."""
    activated_by: str
    note: str
    """Why it was activated."""
    open_cases: int
    """That follow it."""


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The versions, and one of them read."""

    versions: tuple[Version, ...]
    shown: int | None
    text: str
    differences: tuple[Difference, ...]
    """From the one in force to the one that is read."""


def policy_page(version: int | None) -> PolicyPage:
    """Three selects. Raises NotFound for a version that there is not."""
    from models.rules.policy_diff import differences  # most commands compare none and start without it

    every = versions()
    if version is None:
        return PolicyPage(every, None, "", ())
    active = next(each.version for each in every if each.is_active)
    text = text_of(version)
    return PolicyPage(every, version, text, tuple(differences(text_of(active), text)))


def active_version() -> int:
    """The policy of cases that open now."""
    last: Any = PolicyActivation.select(PolicyActivation.policy).order_by(PolicyActivation.id.desc()).tuples().first()
    return int(last[0]) if last else SHIPPED


def in_force() -> Policy:
    """What is chosen for cases that open now, and for what belongs to no case."""
    return policy(active_version())


def versions() -> tuple[Version, ...]:
    """All of them, the first one first. Three selects."""
    rows: Any = PolicyActivation.select().order_by(PolicyActivation.id)
    activations = {each.policy_id: each for each in rows}  # the last one of each
    last = max(activations.values(), key=lambda each: each.id, default=None)
    active = SHIPPED if last is None else last.policy_id
    following: Any = (
        Dispute.select(Dispute.policy_version, fn.COUNT(Dispute.id))
        .where(Dispute.is_open)
        .group_by(Dispute.policy_version)
        .tuples()
    )
    cases = dict(following)
    return tuple(
        _version(
            each, activations.get(each.version), is_active=each.version == active, cases=cases.get(each.version, 0)
        )
        for each in PolicyVersion.select().order_by(PolicyVersion.version)
    )


def numbers() -> list[int]:
    return [each.version for each in PolicyVersion.select(PolicyVersion.version).order_by(PolicyVersion.version)]


def is_as_made(version: int) -> bool:
    """Whether the text is the one that its event tells of; the first has none. Looks through all events."""
    if version == SHIPPED:
        return True
    made: Any = Event.select(Event.body).where(Event.verb == EDIT).order_by(Event.seq).tuples()
    told = {body["version"]: body["sha256"] for (text,) in made for body in [json.loads(text)]}
    text = str(PolicyVersion.get_by_id(version).body)
    import hashlib

    return told.get(version) == hashlib.sha256(text.encode()).hexdigest()


def _version(row: Any, activation: Any, *, is_active: bool, cases: int) -> Version:
    return Version(
        version=row.version,
        is_active=is_active,
        made_at=row.made_at,
        made_by=row.made_by,
        activated_at=activation.activated_at if activation else None,
        activated_by=activation.activated_by if activation else "",
        note=activation.note if activation else "",
        open_cases=cases,
    )
