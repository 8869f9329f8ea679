"""What a supervisor does about a party: what each asks for, does, says, and is called on the command line."""

from __future__ import annotations

from collections.abc import Callable

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import Misused
from models.operations import erasing, parties
from models.operations.erasing import Gone
from models.queries.parties import PartyPage
from screens.instants import ahead
from screens.shared.form import Answers, Field

NOTE = Field("note", "why, inside", is_long=True)
TOLD = Field("text", "to them", is_long=True)
"""Empty: the letter is built from its template."""


@dataclass(frozen=True, slots=True)
class PartyDeed:
    fields: tuple[Field, ...]
    do: Callable[[Actor, int, Answers], tuple[int, ...]]
    """Returns the cases in which it answered a flag."""
    command: Callable[[Answers], list[str]]
    done: str
    """What the button says."""
    said: str
    """What was done; with `{who}`."""
    question: Callable[[PartyPage, Answers], str] | None = None
    """The consequence, where it cannot be undone."""
    preview: Callable[[Actor, int], tuple[Gone, ...]] | None = None
    """What would go, or why it cannot; read before anything is asked, and told in front of the question."""
    is_of_party: bool = True
    """It is a word behind `disputes party REF`, and no command of its own."""


def _suspend(actor: Actor, party: int, answers: Answers) -> tuple[int, ...]:
    until = ahead(answers["until"])
    if until is None:
        raise Misused("Say until when: a day, or a time from now such as 60d.")
    return parties.suspend(
        actor, party=party, until=until, note=answers["note"], text=answers["text"],
        is_grave=answers["grave"] == GRAVE,
    )  # fmt: skip


def _suspend_words(answers: Answers) -> list[str]:
    grave = ["--grave-forgery"] if answers["grave"] == GRAVE else []
    return ["--until", answers["until"].strip(), *grave, *_noted(answers)]


def _noted(answers: Answers) -> list[str]:
    told = ["--text", answers["text"]] if answers.get("text", "").strip() else []
    return ["--note", answers["note"], *told]


def _warn_question(page: PartyPage, answers: Answers) -> str:
    return f"Warn {page.ref}? They are told, and for a year it is ground for a suspension. It is not taken back."


def _suspend_question(page: PartyPage, answers: Answers) -> str:
    until, effect = answers["until"].strip(), "open no new case" if page.side == "buyer" else "show so in every case"
    return f"Suspend {page.ref} until {until}? They are told, and {effect} until then. It ends by itself."


GRAVE = "grave_forgery"


def _erase(actor: Actor, party: int, answers: Answers) -> tuple[int, ...]:
    erasing.erase(actor, party=party, note=answers["note"])
    return ()


def _erase_question(page: PartyPage, answers: Answers) -> str:
    return (
        f"Erase {page.ref}? Nobody can take it back. Their reference, amounts, dates and what the desk wrote stay, "
        "without their name."
    )


DEEDS: dict[str, PartyDeed] = {
    "note": PartyDeed(
        (Field("note", "note", is_long=True),),
        lambda actor, party, answers: parties.note(actor, party=party, note=answers["note"]),
        lambda answers: ["--note", answers["note"]],
        "Save note", "Your note on {who} is kept.",
    ),
    "warn": PartyDeed(
        (NOTE, TOLD),
        lambda actor, party, answers: parties.warn(actor, party=party, note=answers["note"], text=answers["text"]),
        _noted, "Warn", "{who} is warned; the letter waits to be sent.", _warn_question,
    ),
    "suspend": PartyDeed(
        (
            Field("until", "until (60d)"),
            Field("grave", "ground", ("warned_before", GRAVE), value="warned_before"),
            NOTE,
            TOLD,
        ),
        _suspend, _suspend_words, "Suspend", "{who} is suspended; the letter waits to be sent.", _suspend_question,
    ),
    "erase": PartyDeed(
        (Field("note", "why: who asked, and when", is_long=True),),
        _erase, _noted, "Erase", "{who} is erased; exports and backups made before still hold it.", _erase_question,
        lambda actor, party: erasing.would_erase(actor, party=party), is_of_party=False,
    ),
}  # fmt: skip
"""By the verb's id."""
