"""Putting texts for buyers and sellers into the outbox, inside the transaction of the act that they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.errors import Refused
from models.operations.change import Change
from models.prepared import Slot, insert, prepared
from models.queries.letters import shown, values_of
from models.rules import money, templates
from models.rules.eligibility import INELIGIBLE
from models.rules.letters import FREIGHT
from models.rules.policy import policy
from models.tables import Dispute, Outgoing, Party
from models.vocabulary import Audience, ClockKind, State
from models.vocabulary import Party as Side

DECISION = "decision"
"""Stands for a template where the statements of a ruling are sent."""
SIDES: dict[Audience, tuple[Audience, ...]] = {
    Audience.BUYER: (Audience.BUYER,),
    Audience.SELLER: (Audience.SELLER,),
    Audience.BOTH: (Audience.BUYER, Audience.SELLER),
    Audience.INTERNAL: (),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A text for one side, in its language."""

    audience: Audience
    text: str
    language: str = ""
    template: str = ""


def put(dispute_id: int, letters: Iterable[Letter], login: str, now: datetime) -> None:
    """Let the letters wait to be sent."""
    own = _parties.first(dispute_id)
    for letter in letters:
        party = own.buyer_id if letter.audience is Audience.BUYER else own.seller_id
        _put(letter, dispute_id, party, login, now)


def _put(letter: Letter, dispute_id: int | None, party: int, login: str, now: datetime) -> None:
    row = {
        "dispute": dispute_id, "audience": letter.audience, "party": party, "language": letter.language,
        "template": letter.template, "text": letter.text, "made_at": now, "made_by": login,
    }  # fmt: skip
    insert(Outgoing, row)


@prepared
def _parties(dispute_id: Slot) -> Any:
    return Dispute.select(Dispute.buyer, Dispute.seller).where(Dispute.id == dispute_id)


def from_template(
    dispute_id: int, name: str, audience: Audience, more: Mapping[str, str] | None = None
) -> tuple[Letter, ...]:
    """The template as each side of the audience gets it; `more` are values that no case has of itself.

    Raises Misused, Refused (`audience`, `unfilled_field`).
    """
    chosen = templates.template(name)
    sides = SIDES[audience]
    if not sides or not set(sides) <= set(chosen.audiences):
        listed = " and ".join(chosen.audiences)
        raise Refused("audience", f"Template {name} is for the {listed}, not for {audience}.")
    values, languages = values_of(dispute_id)
    values |= more or {}
    return tuple(
        Letter(side, templates.filled(chosen, languages[side], values), chosen.language_for(languages[side]), name)
        for side in sides
    )


def opened(dispute_id: int, login: str, now: datetime) -> None:
    """The seller hears of the case, the buyer that it is open."""
    letters = [
        *from_template(dispute_id, "opened_to_seller", Audience.SELLER),
        *from_template(dispute_id, "opened_to_buyer", Audience.BUYER),
    ]
    put(dispute_id, letters, login, now)


def refused(dispute_id: int, login: str, now: datetime, rule: str) -> None:
    """The buyer hears why their claim became no case."""
    because = {"refused_because": INELIGIBLE[rule].to_buyer}
    put(dispute_id, from_template(dispute_id, "refused_to_buyer", Audience.BUYER, because), login, now)


def goes_back(change: Change) -> None:
    """Where the change has sent goods on their way back, both sides hear what to do and until when."""
    after, promise = change.after, change.after.running(ClockKind.RETURN_SHIP)
    if after.state is not State.AWAITING_RETURN or change.before.state is after.state or promise is None:
        return
    ruling = after.issued_ruling()
    days = policy(after.policy_version).clocks[ClockKind.RETURN_CONFIRM].days
    more = {
        "refund": f"{money.text(max(0, after.due_minor), after.currency)} {after.currency}",
        "return_due": shown(promise.due_at),
        "confirm_days": str(days),
        "freight": FREIGHT[(ruling.freight if ruling else None) or Side.SELLER],
    }
    letters = [
        *from_template(change.dispute_id, "return_to_buyer", Audience.BUYER, more),
        *from_template(change.dispute_id, "return_to_seller", Audience.SELLER, more),
    ]
    put(change.dispute_id, letters, change.act.by, change.act.occurred_at)


def measured(party_id: int, name: str, text: str, until: datetime | None, login: str, now: datetime) -> None:
    """The party hears of a warning or a suspension: in the words of `text`, else of the template called `name`."""
    party: Any = Party.get_by_id(party_id)
    chosen = templates.template(name)
    written, language, template = text.strip(), "", ""
    if not written:
        values = {"party_name": party.name or party.ref, "until": shown(until)}
        written, template = templates.filled(chosen, party.language, values), name
        language = chosen.language_for(party.language)
    _put(Letter(party.side, written, language, template), None, party_id, login, now)
