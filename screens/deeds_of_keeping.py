"""What the verbs of a review, of promises and of keeping cases in order ask for and do; rows as in `deeds`."""

from __future__ import annotations

from collections.abc import Callable

from models.actor import Actor
from models.errors import Refused
from models.operations import asking, chasing, correcting, following, holding, merging, moving, parties
from models.operations.change import Change
from models.queries.named_case import find
from models.queries.surroundings import withdrawal_warnings
from models.rules import evidence, money
from models.rules.act import Verb
from models.rules.following import watched_by
from models.vocabulary import ClockKind, Hold, Party, Remedy
from screens.deed import Deed, happened_at
from screens.instants import ahead, span
from screens.shared.form import Answers, Field
from screens.subject import Subject

NOTE = Field("note", "note", is_long=True)
SIDES = (Party.BUYER.value, Party.SELLER.value)

Do = Callable[[Actor, Subject, Answers], Change]


def _nothing(subject: Subject) -> tuple[Field, ...]:
    return ()


def _fields(*fields: Field) -> Callable[[Subject], tuple[Field, ...]]:
    return lambda subject: fields


def _asked(subject: Subject) -> str:
    question = subject.case.open_question()
    return question.party if question else ""


def _ask_fields(subject: Subject) -> tuple[Field, ...]:
    """What a side lacks is asked for unless something else is written."""
    missing = {str(each.side): "".join(f"{item}\n" for item in each.asked) for each in evidence.both(subject.case)}
    side = next((side for side in SIDES if missing[side]), Party.BUYER.value)
    return (
        Field("party", "who", SIDES, value=side),
        Field(
            "items", "for what", is_long=True, value=missing[side], hint="one thing a line", follows="party", by=missing
        ),
        Field("due", "due (3d)"),
    )


def _ask(actor: Actor, subject: Subject, answers: Answers) -> Change:
    return asking.ask(
        actor,
        case=subject.dispute_id,
        party=Party(answers["party"]),
        items=answers["items"].splitlines(),
        due_at=ahead(answers["due"], subject.zone),
        seen_version=subject.row_version,
    )


def _ask_words(subject: Subject, answers: Answers) -> list[str]:
    items = [word for item in answers["items"].splitlines() if item.strip() for word in ("--item", item.strip())]
    due = ["--due", answers["due"].strip()] if answers["due"].strip() else []
    return ["--party", answers["party"], *items, *due]


def _propose(actor: Actor, subject: Subject, answers: Answers) -> Change:
    amount = answers["amount"].strip()
    return asking.propose(
        actor,
        case=subject.dispute_id,
        remedy=Remedy(answers["remedy"]),
        amount_minor=money.minor(amount, subject.case.currency) if amount else None,
        text=answers["text"],
        seen_version=subject.row_version,
    )


def _propose_words(subject: Subject, answers: Answers) -> list[str]:
    said = (("--amount", answers["amount"].strip()), ("--text", answers["text"]))
    return ["--remedy", answers["remedy"], *(word for pair in said if pair[1] for word in pair)]


def _running(subject: Subject) -> tuple[str, ...]:
    return tuple(each.kind for each in subject.case.clocks if each.is_running)


def _is_watching(subject: Subject) -> bool:
    return watched_by(subject.case, subject.login) is not None


def _remind(actor: Actor, subject: Subject, answers: Answers) -> Change:
    return following.remind(actor, case=subject.dispute_id, on=ahead(answers["on"], subject.zone), note=answers["note"])


def _remind_words(subject: Subject, answers: Answers) -> list[str]:
    on = answers["on"].strip()
    return ["--on", on, "--note", answers["note"]] if on else ["--done"]


def _correct(actor: Actor, subject: Subject, answers: Answers) -> Change:
    number = answers["event"].strip().lstrip("#")
    if not number.isdecimal():
        raise Refused("correct", "Name the entry by its number, as the timeline shows it.")
    return correcting.correct(
        actor, case=subject.dispute_id, event=int(number), note=answers["note"], seen_version=subject.row_version
    )


def _noted(do: Callable[[Actor, Subject, str], Change], done: str, said: str) -> Deed:
    """A deed that needs its reason and nothing else."""
    return Deed(
        _fields(NOTE),
        lambda actor, subject, answers: do(actor, subject, answers["note"]),
        lambda subject, answers: ["--note", answers["note"]],
        done,
        said,
    )


def _flagged(subject: Subject) -> tuple[str, ...]:
    return tuple(flag.party for flag in subject.case.flags if flag.review is None)


def withdraw_question(subject: Subject, answers: Answers) -> str:
    """Read where the store may be asked."""
    shown = f"{money.text(subject.case.amount_minor, subject.case.currency)} {subject.case.currency}"
    warned = " ".join(withdrawal_warnings(subject.dispute_id))
    return f"Withdraw {subject.code} for the buyer? It closes without a refund of {shown}, for good. {warned}".strip()


DEEDS_OF_KEEPING: dict[Verb, Deed] = {
    Verb.ASK: Deed(
        _ask_fields,
        _ask, _ask_words, "Ask", "{code}: asked; the review waits.",
    ),
    Verb.CANCEL_ASK: Deed(
        _nothing,
        lambda actor, subject, answers: asking.cancel_ask(
            actor, case=subject.dispute_id, seen_version=subject.row_version
        ),
        lambda subject, answers: ["--cancel"], "Cancel", "{code} is in review again.", command_name="ask",
    ),
    Verb.ANSWER: Deed(
        lambda subject: (
            Field("party", "who", SIDES, value=_asked(subject)),
            Field("text", "text", is_long=True),
        ),
        lambda actor, subject, answers: asking.answer(
            actor, case=subject.dispute_id, party=Party(answers["party"]), text=answers["text"],
            occurred_at=happened_at(subject, answers), seen_version=subject.row_version,
        ),
        lambda subject, answers: ["--party", answers["party"], "--text", answers["text"]],
        "Record", "The answer is in {code}.", is_dated=True,
    ),
    Verb.PROPOSE: Deed(
        lambda subject: (
            Field("remedy", "remedy", tuple(Remedy), value=Remedy.PARTIAL_REFUND),
            Field("amount", f"amount {subject.case.currency}"),
            Field("text", "text", is_long=True),
        ),
        _propose, _propose_words, "Propose", "{code}: proposed to both.",
    ),
    Verb.HOLD: Deed(
        _fields(Field("why", "why", tuple(Hold), value=Hold.LEGAL), NOTE),
        lambda actor, subject, answers: holding.hold(
            actor, case=subject.dispute_id, why=Hold(answers["why"]), note=answers["note"],
            seen_version=subject.row_version,
        ),
        lambda subject, answers: ["--why", answers["why"], "--note", answers["note"]],
        "Hold", "{code} is on hold.",
    ),
    Verb.UNHOLD: Deed(
        _nothing,
        lambda actor, subject, answers: holding.unhold(
            actor, case=subject.dispute_id, seen_version=subject.row_version
        ),
        lambda subject, answers: [], "Lift", "The clocks of {code} run again.",
    ),
    Verb.EXTEND: Deed(
        lambda subject: (Field("clock", "clock", _running(subject)), Field("by", "by (2d)"), NOTE),
        lambda actor, subject, answers: holding.extend(
            actor, case=subject.dispute_id, kind=ClockKind(answers["clock"]), by=span(answers["by"]),
            note=answers["note"], seen_version=subject.row_version,
        ),
        lambda subject, answers: [answers["clock"], "--by", answers["by"].strip(), "--note", answers["note"]],
        "Extend", "{code} has more time.",
    ),
    Verb.WAIVE: Deed(
        lambda subject: (Field("clock", "clock", _running(subject)), NOTE),
        lambda actor, subject, answers: holding.waive(
            actor, case=subject.dispute_id, kind=ClockKind(answers["clock"]), note=answers["note"],
            seen_version=subject.row_version,
        ),
        lambda subject, answers: [answers["clock"], "--note", answers["note"]],
        "Waive", "The promise of {code} is waived.",
    ),
    Verb.REOPEN: _noted(
        lambda actor, subject, note: moving.reopen(
            actor, case=subject.dispute_id, note=note, seen_version=subject.row_version
        ),
        "Reopen", "{code} is in review again.",
    ),
    Verb.MERGE: Deed(
        _fields(Field("into", "into case")),
        lambda actor, subject, answers: merging.merge(
            actor, case=subject.dispute_id, into=find(answers["into"]), seen_version=subject.row_version
        ),
        lambda subject, answers: [answers["into"].strip()],
        "Merge", "{code} goes on in the other case.",
        lambda subject, answers: f"Merge {subject.code} into {answers['into'].strip()}? It closes for good.",
    ),
    Verb.CHASE: Deed(
        _nothing,
        lambda actor, subject, answers: chasing.chase(actor, case=subject.dispute_id),
        lambda subject, answers: [], "Chase", "A chaser of {code} waits to be sent.",
    ),
    Verb.FLAG: Deed(
        _fields(Field("party", "who", SIDES, value=Party.BUYER), NOTE),
        lambda actor, subject, answers: following.flag(
            actor, case=subject.dispute_id, party=Party(answers["party"]), note=answers["note"]
        ),
        lambda subject, answers: ["--party", answers["party"], "--note", answers["note"]],
        "Flag", "{code} is flagged.",
    ),
    Verb.UNFLAG: Deed(
        lambda subject: (Field("party", "who", _flagged(subject), value=next(iter(_flagged(subject)), "")), NOTE),
        lambda actor, subject, answers: parties.unflag(
            actor, case=subject.dispute_id, party=Party(answers["party"]), note=answers["note"]
        ),
        lambda subject, answers: ["--party", answers["party"], "--note", answers["note"]],
        "Dismiss", "The flag in {code} is dismissed.",
    ),
    Verb.WATCH: Deed(
        _nothing,
        lambda actor, subject, answers: following.watch(
            actor, case=subject.dispute_id, is_done=_is_watching(subject)
        ),
        lambda subject, answers: ["--stop"] if _is_watching(subject) else [],
        "Watch", "{code}: is:watched finds what you watch.",
    ),
    Verb.REMIND: Deed(
        _fields(Field("on", "on (3d); none: done"), NOTE), _remind, _remind_words, "Remind", "{code}: reminder kept."
    ),
    Verb.CORRECT: Deed(
        _fields(Field("event", "entry no."), NOTE),
        _correct,
        lambda subject, answers: [answers["event"].strip().lstrip("#"), "--note", answers["note"]],
        "Correct", "{code} is worked out again without that entry.",
    ),
}  # fmt: skip
