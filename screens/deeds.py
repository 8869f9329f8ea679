"""What each verb on a case asks for, does, and is called on the command line: one row a verb.

A row's functions get the case as it was read and what was filled in; they run where the store may be asked.
"""

from __future__ import annotations

from collections.abc import Callable

from models.actor import Actor
from models.operations import appealing, assigning, deciding, moving, refunding, returning, talking
from models.operations.change import Change
from models.rules import money
from models.rules.act import Verb
from models.rules.talks import MOVES
from models.vocabulary import (
    REASON_CODES,
    UNSPECIFIED,
    AppealGround,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    ReturnStep,
)
from screens import messages
from screens.deed import Deed, happened_at
from screens.deeds_of_keeping import DEEDS_OF_KEEPING, withdraw_question
from screens.deeds_of_money import GOODWILL
from screens.evidence import deeds as evidence
from screens.shared.form import Answers, Field
from screens.subject import Subject

NOTE = Field("note", "note", is_long=True)
SIDES = (Party.BUYER.value, Party.SELLER.value)
AUTOMATIC = "automatic_reply"
"""What a machine of a party's wrote: no act of theirs, and no answer."""
CAUSES = ("seller_silent", "buyer_silent", "no_agreement", "risk")


def _nothing(subject: Subject) -> tuple[Field, ...]:
    return ()


def _fields(*fields: Field) -> Callable[[Subject], tuple[Field, ...]]:
    return lambda subject: fields


def _respond_fields(subject: Subject) -> tuple[Field, ...]:
    moves = (*dict.fromkeys(str(move) for moves in MOVES.values() for move in moves), AUTOMATIC)
    return (
        Field("party", "who", SIDES, value=Party.SELLER),
        Field("move", "did", moves),
        Field("offer", "offer no."),
        Field("amount", f"amount {subject.case.currency}"),
        Field("remedy", "remedy", tuple(Remedy), value=subject.case.remedy),
        Field("text", "text", is_long=True),
    )


def _respond(actor: Actor, subject: Subject, answers: Answers) -> Change:
    if answers["move"] == AUTOMATIC:
        return talking.automatic_reply(
            actor, case=subject.dispute_id, party=Party(answers["party"]), text=answers["text"],
            occurred_at=happened_at(subject, answers),
        )  # fmt: skip
    move = PartyAct(answers["move"])
    names_remedy = move in (PartyAct.OFFER, PartyAct.REQUEST)
    number = answers["offer"].strip().lstrip("#")
    return talking.respond(
        actor,
        case=subject.dispute_id,
        party=Party(answers["party"]),
        move=move,
        offer=int(number) if number.isdecimal() and move is PartyAct.ACCEPT else None,
        amount_minor=_amount(subject, answers) if names_remedy else None,
        remedy=Remedy(answers["remedy"]) if names_remedy and answers["remedy"] else None,
        text=answers["text"],
        occurred_at=happened_at(subject, answers),
        seen_version=subject.row_version,
    )


def _respond_command(subject: Subject, answers: Answers) -> list[str]:
    said = ["--by", answers["party"], "--with", answers["move"]]
    if answers["move"] == AUTOMATIC:
        said = [*said[:-1], PartyAct.REPLY, "--automatic"]
    is_offer = answers["move"] in (PartyAct.OFFER, PartyAct.REQUEST)
    return said + [
        word
        for option, name, applies in (
            ("--offer", "offer", answers["move"] == PartyAct.ACCEPT),
            ("--amount", "amount", is_offer),
            ("--remedy", "remedy", is_offer),
            ("--text", "text", True),
        )
        if applies and answers[name]
        for word in (option, answers[name])
    ]


def _amount(subject: Subject, answers: Answers) -> int | None:
    text = answers["amount"].strip()
    return money.minor(text, subject.case.currency) if text else None


def _refund_fields(subject: Subject) -> tuple[Field, ...]:
    states = (RefundState.CONFIRMED, RefundState.FAILED) if subject.case.underway_minor else (RefundState.INSTRUCTED,)
    return (Field("state", "refund", states, value=states[0]), Field("ref", "payment no."))


def _refund_question(subject: Subject, answers: Answers) -> str:
    case = subject.case
    due = case.refund_minor - case.confirmed_minor
    shown = f"{money.text(case.underway_minor or due, case.currency)} {case.currency}"
    return (
        f"Record that the refund of {shown} to the buyer of {subject.code} was {answers['state']}? It stays recorded."
    )


def _standing_hash(subject: Subject) -> str:
    ruling = subject.case.proposed_ruling()
    return ruling.hash if ruling else ""


DEEDS: dict[Verb, Deed] = {
    Verb.CLAIM: Deed(
        _nothing,
        lambda actor, subject, answers: assigning.claim(actor, case=subject.dispute_id),
        lambda subject, answers: [],
        "Claim",
        "{code} is yours.",
    ),
    Verb.RELEASE: Deed(
        lambda subject: (NOTE,) if subject.is_somebody_elses else (),
        lambda actor, subject, answers: assigning.release(
            actor, case=subject.dispute_id, note=answers.get("note", ""), seen_version=subject.row_version
        ),
        lambda subject, answers: ["--note", answers["note"]] if answers.get("note") else [],
        "Release",
        "{code} is everyone's again.",
    ),
    Verb.NOTE: Deed(
        _fields(Field("text", "note", is_long=True)),
        lambda actor, subject, answers: talking.note(actor, case=subject.dispute_id, text=answers["text"]),
        lambda subject, answers: [answers["text"]],
        "Save note",
        "Your note is in {code}.",
    ),
    Verb.MESSAGE: Deed(
        messages.fields, messages.send, messages.command, "Send", "The message of {code} waits to be sent."
    ),
    Verb.RESPOND: Deed(_respond_fields, _respond, _respond_command, "Record", "Recorded in {code}.", is_dated=True),
    Verb.ESCALATE: Deed(
        _fields(
            Field("party", "who asks", (*SIDES, Party.PLATFORM.value), value=Party.PLATFORM),
            Field("cause", "cause", CAUSES, value=CAUSES[0]),
            NOTE,
        ),
        lambda actor, subject, answers: moving.escalate(
            actor,
            case=subject.dispute_id,
            party=Party(answers["party"]),
            cause=answers["cause"],
            note=answers["note"],
            occurred_at=happened_at(subject, answers),
            seen_version=subject.row_version,
        ),
        lambda subject, answers: ["--by", answers["party"], "--cause", answers["cause"], "--note", answers["note"]],
        "Escalate",
        "{code} is in review.",
        is_dated=True,
    ),
    Verb.ATTACH: Deed(
        evidence.attach_fields,
        evidence.attach,
        evidence.attach_words,
        "Take in",
        "The file is evidence of {code}.",
        copies_file=True,
        is_dated=True,
    ),
    Verb.REVIEW: Deed(
        evidence.review_fields, evidence.review, evidence.review_words, "Record", "The piece of {code} is judged."
    ),
    Verb.RECODE: Deed(
        lambda subject: (
            Field(
                "reason",
                "reason",
                tuple(code for code in REASON_CODES if code != UNSPECIFIED),
                value=subject.case.reason,
            ),
            NOTE,
        ),
        lambda actor, subject, answers: moving.recode(
            actor,
            case=subject.dispute_id,
            reason=answers["reason"],
            note=answers["note"],
            seen_version=subject.row_version,
        ),
        lambda subject, answers: ["--reason", answers["reason"], "--note", answers["note"]],
        "Recode",
        "{code} has its new reason.",
    ),
    Verb.NOTIFY: Deed(
        _nothing,
        lambda actor, subject, answers: moving.notify(actor, case=subject.dispute_id, seen_version=subject.row_version),
        lambda subject, answers: [],
        "Record",
        "{code}: the seller's time runs.",
    ),
    Verb.ASSIGN: Deed(
        lambda subject: (Field("login", "to", subject.logins, value=subject.case.assignee), NOTE),
        lambda actor, subject, answers: assigning.assign(
            actor,
            case=subject.dispute_id,
            login=answers["login"],
            note=answers["note"],
            seen_version=subject.row_version,
        ),
        lambda subject, answers: [answers["login"], "--note", answers["note"]],
        "Assign",
        "{code} is given away.",
    ),
    Verb.WITHDRAW: Deed(
        _fields(NOTE),
        lambda actor, subject, answers: moving.withdraw(
            actor,
            case=subject.dispute_id,
            note=answers["note"],
            occurred_at=happened_at(subject, answers),
            seen_version=subject.row_version,
        ),
        lambda subject, answers: ["--note", answers["note"]],
        "Withdraw",
        "{code} is withdrawn and closed.",
        withdraw_question,
        is_dated=True,
    ),
    Verb.CLOSE: Deed(
        _nothing,
        lambda actor, subject, answers: moving.close(actor, case=subject.dispute_id, seen_version=subject.row_version),
        lambda subject, answers: [],
        "Close",
        "{code} is closed.",
        lambda subject, answers: f"Close {subject.code}? Nothing can be done in it afterwards but notes and refunds.",
    ),
    Verb.REFUND: Deed(
        _refund_fields,
        lambda actor, subject, answers: refunding.refund(
            actor,
            case=subject.dispute_id,
            state=RefundState(answers["state"]),
            ref=answers["ref"].strip(),
            occurred_at=happened_at(subject, answers),
            seen_version=subject.row_version,
        ),
        lambda subject, answers: [
            answers["state"],
            *(["--ref", answers["ref"].strip()] if answers["ref"].strip() else []),
        ],
        "Record",
        "The refund of {code} is recorded.",
        _refund_question,
        is_dated=True,
    ),
    Verb.RETURN: Deed(
        _fields(Field("step", "goods", tuple(ReturnStep), value=ReturnStep.SHIPPED), NOTE),
        lambda actor, subject, answers: returning.record_return(
            actor,
            case=subject.dispute_id,
            step=ReturnStep(answers["step"]),
            note=answers["note"],
            occurred_at=happened_at(subject, answers),
            seen_version=subject.row_version,
        ),
        lambda subject, answers: [answers["step"], *(["--note", answers["note"]] if answers["note"].strip() else [])],
        "Record",
        "The return of {code} is recorded.",
        is_dated=True,
    ),
    Verb.APPEAL: Deed(
        _fields(
            Field("party", "who", SIDES, value=Party.BUYER),
            Field("ground", "ground", tuple(AppealGround), value=AppealGround.FACTS_WRONG),
            Field("text", "says", is_long=True),
        ),
        lambda actor, subject, answers: appealing.appeal(
            actor,
            case=subject.dispute_id,
            party=Party(answers["party"]),
            ground=AppealGround(answers["ground"]),
            text=answers["text"],
            occurred_at=happened_at(subject, answers),
            seen_version=subject.row_version,
        ),
        lambda subject, answers: [
            "--by",
            answers["party"],
            "--ground",
            answers["ground"],
            "--text",
            answers["text"],
        ],
        "Record",
        "{code} is in appeal, and waits for somebody who was not involved.",
        is_dated=True,
    ),
    Verb.APPROVE: Deed(
        _nothing,
        lambda actor, subject, answers: deciding.approve(
            actor, case=subject.dispute_id, hash=_standing_hash(subject), seen_version=subject.row_version
        ),
        lambda subject, answers: ["--hash", _standing_hash(subject)[:12]],
        "Sign",
        "The decision of {code} is issued.",
    ),
    Verb.SEND_BACK: Deed(
        _fields(NOTE),
        lambda actor, subject, answers: deciding.send_back(
            actor, case=subject.dispute_id, note=answers["note"], seen_version=subject.row_version
        ),
        lambda subject, answers: ["--note", answers["note"]],
        "Send back",
        "{code} is in review again.",
    ),
    Verb.GOODWILL: GOODWILL,
    **DEEDS_OF_KEEPING,
}
"""Deciding has a screen of its own."""
