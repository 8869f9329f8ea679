"""What the platform asks a party for while it reviews, and what it proposes to both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations import notices
from models.operations.change import Change, Words, carry_out
from models.operations.notices import Letter
from models.operations.talking import name_offer
from models.queries.letters import shown
from models.rules import money
from models.rules.act import Act, Verb
from models.tables import Ask
from models.vocabulary import Audience, EvidenceKind, Party, Remedy


def ask(
    actor: Actor,
    *,
    case: int,
    party: Party,
    items: Sequence[str],
    due_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Ask a party for named things; the review stands still, the party has three days or until `due_at`.

    An item that is a kind of evidence, such as `tracking_proof` or `tracking proof`, is a piece from now on: requested.
    """
    named = [text for item in items if (text := " ".join(item.split()))]
    kinds = [kind for item in named if (kind := _kind(item)) is not None]
    act = Act(
        verb=Verb.ASK,
        occurred_at=clock.now(),
        party=party,
        items=len(named),
        due_at=due_at,
        requested=tuple(dict.fromkeys(kinds)) or None,
    )
    words = Words("\n".join(named), audience=Audience(party) if party is not Party.PLATFORM else Audience.INTERNAL)

    def keep_items(change: Change) -> None:
        number = change.after.questions[-1].number
        texts = json.dumps(named, ensure_ascii=False)
        Ask.update(items=texts).where((Ask.dispute == case) & (Ask.number == number)).execute()
        more = {"items": words.text, "answer_due": shown(change.after.questions[-1].due_at)}
        letters = notices.from_template(case, "asked", words.audience, more)
        notices.put(case, letters, change.act.by, change.act.occurred_at)

    return carry_out(actor, case, act, words=words, seen_version=seen_version, record=keep_items)


def cancel_ask(actor: Actor, *, case: int, seen_version: int | None = None) -> Change:
    """What was asked for is not needed any more: the review goes on."""
    return carry_out(actor, case, Act(verb=Verb.CANCEL_ASK, occurred_at=clock.now()), seen_version=seen_version)


def answer(
    actor: Actor,
    *,
    case: int,
    party: Party,
    text: str,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """The asked party gave what it was asked for; the review goes on."""
    act = Act(verb=Verb.ANSWER, occurred_at=occurred_at or clock.now(), party=party)
    return carry_out(
        actor, case, act, words=Words(text, author=party, audience=Audience.BOTH), seen_version=seen_version
    )


def propose(
    actor: Actor,
    *,
    case: int,
    remedy: Remedy | None = None,
    amount_minor: int | None = None,
    text: str = "",
    seen_version: int | None = None,
) -> Change:
    """An offer of the platform's own, which stands for three days; it is an agreement when both have accepted it."""
    act = Act(verb=Verb.PROPOSE, occurred_at=clock.now(), remedy=remedy, amount_minor=amount_minor)
    words = Words(text, audience=Audience.BOTH) if text else None

    def send(change: Change) -> None:
        letters: Sequence[Letter] = [Letter(side, text) for side in notices.SIDES[Audience.BOTH]]
        if not text:
            offer = change.after.offers[-1]
            amount = f"{money.text(offer.amount_minor, change.after.currency)} {change.after.currency}"
            more = {"offer": f"{offer.remedy.replace('_', ' ')}, {amount}", "offer_until": shown(offer.expires_at)}
            letters = notices.from_template(case, "proposed", Audience.BOTH, more)
        notices.put(case, letters, change.act.by, change.act.occurred_at)

    return carry_out(actor, case, act, words=words, seen_version=seen_version, prepare=name_offer, record=send)


def _kind(item: str) -> EvidenceKind | None:
    """`other` names no kind: it stays a wish in words."""
    code = item.lower().replace(" ", "_")
    return next((kind for kind in EvidenceKind if kind == code and kind is not EvidenceKind.OTHER), None)
