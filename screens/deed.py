"""What a verb on a case asks for, does, and is called on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.actor import Actor
from models.operations.change import Change
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
