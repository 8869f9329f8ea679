"""What giving goodwill asks for and does; a row as in `deeds`."""

from __future__ import annotations

from models.actor import Actor
from models.errors import Refused
from models.operations.change import Change
from models.operations.goodwill import give_goodwill, settle_goodwill
from models.rules import money
from models.vocabulary import RefundState
from screens.deed import Deed
from screens.shared.form import Answers, Field
from screens.subject import Subject

SETTLED = (RefundState.CONFIRMED, RefundState.FAILED)


def _fields(subject: Subject) -> tuple[Field, ...]:
    """A payment that is under way is settled before there can be another."""
    if subject.case.goodwill_underway() is not None:
        return Field("state", "goodwill", SETTLED, value=SETTLED[0]), Field("ref", "payment no.")
    return Field("amount", f"amount {subject.case.currency}"), Field("note", "why", is_long=True)


def _do(actor: Actor, subject: Subject, answers: Answers) -> Change:
    if "state" in answers:
        return settle_goodwill(
            actor, case=subject.dispute_id, state=RefundState(answers["state"]), ref=answers["ref"].strip(),
            seen_version=subject.row_version,
        )  # fmt: skip
    return give_goodwill(
        actor, case=subject.dispute_id, amount_minor=_amount(subject, answers), note=answers["note"],
        seen_version=subject.row_version,
    )  # fmt: skip


def _amount(subject: Subject, answers: Answers) -> int:
    text = answers["amount"].strip()
    if not text:
        raise Refused("amount", "Goodwill is an amount above 0: fill it in.")
    return money.minor(text, subject.case.currency)


def _command(subject: Subject, answers: Answers) -> list[str]:
    if "state" in answers:
        ref = answers["ref"].strip()
        return [answers["state"], *(["--ref", ref] if ref else [])]
    return ["--amount", answers["amount"].strip(), "--note", answers["note"]]


def _question(subject: Subject, answers: Answers) -> str:
    underway = subject.case.goodwill_underway()
    if underway is not None:
        shown = f"{money.text(underway.amount_minor, subject.case.currency)} {subject.case.currency}"
        return f"Record that the goodwill of {shown} in {subject.code} was {answers['state']}? It stays recorded."
    shown = f"{money.text(_amount(subject, answers), subject.case.currency)} {subject.case.currency}"
    return (
        f"Pay the buyer of {subject.code} {shown} of the platform's money, beside any refund? It is instructed at once."
    )


GOODWILL = Deed(_fields, _do, _command, "Record", "The goodwill of {code} is recorded.", _question)
