"""What a verb on a case asks for, does, and is called on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models.actor import Actor
from models.dataclass import dataclass
from models.operations.change import Change
from screens.instants import ago
from screens.shared.form import Answers, Field
from screens.subject import Subject


@dataclass(frozen=True, slots=True)
class Deed:
    fields: Callable[[Subject], tuple[Field, ...]]
    """What is asked for; nothing is, and no dialog shown, where it is empty."""
    do: Callable[[Actor, Subject, Answers], Change]
    command: Callable[[Subject, Answers], list[str]]
    """The words behind the verb and the case on the command line."""
    done: str
    """What the button says."""
    said: str
    """What was done, in the past; with `{code}`."""
    question: Callable[[Subject, Answers], str] | None = None
    """The consequence, where it cannot be undone."""
    command_name: str = ""
    """The command's name, where it is not the verb's."""
    copies_file: bool = False
    """It copies a file before it writes."""
    is_dated: bool = False
    """It tells what a party did, which may have been earlier: the dialog asks when, and `happened_at` reads it."""


WHEN = Field("when", "when (now)")


def fields_of(deed: Deed, subject: Subject) -> tuple[Field, ...]:
    """All that the dialog asks for."""
    return (*deed.fields(subject), *((WHEN,) if deed.is_dated else ()))


def happened_at(subject: Subject, answers: Answers) -> datetime | None:
    """When it happened, in the agent's own zone; None for now. Raises Misused."""
    return ago(answers.get(WHEN.name, ""), subject.zone)


def words_of(deed: Deed, subject: Subject, answers: Answers) -> list[str]:
    """The words behind the verb and the case on the command line, with when it happened."""
    at = happened_at(subject, answers) if deed.is_dated else None
    return [*deed.command(subject, answers), *(["--occurred-at", f"{at:%Y-%m-%dT%H:%M:%SZ}"] if at else [])]
