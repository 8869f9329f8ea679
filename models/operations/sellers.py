"""What is noted of a seller because it changes how long they have to answer: their tier, and when they are away."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import NotFound, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_desk, check_supervisor
from models.rules.policy_windows import TIER
from models.tables import Party, SellerHoliday
from models.vocabulary import Party as Side

LONGEST_HOLIDAY = timedelta(days=60)
TIER_VERB, HOLIDAY_VERB = "party tier", "party holiday"


def change_tier(actor: Actor, *, party: int, tier: str) -> None:
    """Windows that begin from now on go by it; an empty one takes it away. Raises Refused, NotAllowed."""
    with writing():
        actor = present(actor)
        check_supervisor(actor, TIER_VERB)
        if tier and not re.fullmatch(TIER, tier):
            raise Refused("tier", f"'{tier[:40]}' is no tier: write it in small letters, digits, - and _.")
        seller = _seller(party)
        if seller.tier == tier:
            raise Refused("tier", f"{seller.ref} {f'is {tier}' if tier else 'has no tier'} already.")
        Party.update(tier=tier).where(Party.id == party).execute()
        _record(actor, TIER_VERB, {"party": party, "tier": tier})


def declare_holiday(actor: Actor, *, party: int, from_at: datetime, to_at: datetime) -> None:
    """The seller is away from `from_at` to before `to_at`: windows that begin from now on do not count that time."""
    with writing():
        actor = present(actor)
        check_desk(actor, HOLIDAY_VERB)
        seller, now = _seller(party), clock.now()
        if not now < to_at or not timedelta() < to_at - from_at <= LONGEST_HOLIDAY:
            raise Refused("holiday", f"A holiday ends after now, and lasts {LONGEST_HOLIDAY.days} days at most.")
        if _ahead(party, now).where((SellerHoliday.from_at < to_at) & (SellerHoliday.to_at > from_at)).exists():
            raise Refused("holiday", f"{seller.ref} has declared a part of that time already: call that off first.")
        SellerHoliday.create(party=party, from_at=from_at, to_at=to_at, declared_at=now, declared_by=actor.login)
        _record(actor, HOLIDAY_VERB, {"party": party, "from": _second(from_at), "to": _second(to_at)})


def call_off_holiday(actor: Actor, *, party: int, from_at: datetime) -> None:
    """The holiday that begins at `from_at` is not taken, or not as declared. Windows that know it keep it."""
    with writing():
        actor = present(actor)
        check_desk(actor, HOLIDAY_VERB)
        seller, now = _seller(party), clock.now()
        found: Any = _ahead(party, now).where(SellerHoliday.from_at == from_at).first()
        if found is None:
            raise NotFound(f"{seller.ref} has declared no holiday to come that begins at {from_at:%Y-%m-%dT%H:%M:%SZ}.")
        SellerHoliday.update(called_off_at=now).where(SellerHoliday.id == found.id).execute()
        _record(actor, HOLIDAY_VERB, {"party": party, "from": _second(from_at), "called_off": True})


def _ahead(party: int, now: datetime) -> Any:
    is_ahead = (SellerHoliday.party == party) & (SellerHoliday.to_at > now) & SellerHoliday.called_off_at.is_null()
    return SellerHoliday.select().where(is_ahead)


def _seller(party: int) -> Any:
    """The row; on PostgreSQL locked, so that two do not declare the same time at once."""
    query: Any = Party.select().where(Party.id == party)
    row: Any = (query if is_sqlite() else query.for_update()).first()
    if row is None:
        raise NotFound(f"There is no party {party} in this store.")
    if row.side != Side.SELLER:
        raise Refused("party", f"{row.ref} is a buyer: tiers and holidays are sellers'.")
    return row


def _second(instant: datetime) -> int:
    return int(instant.timestamp())


def _record(actor: Actor, verb: str, body: dict[str, Any]) -> None:
    now = clock.now()
    journal.append(actor, now, [journal.Entry(verb, now, body)])
