"""Step 7: files that the buyer shows, taken in by their path on this host, and taken out again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from models.actor import Actor
from models.errors import Misused
from models.operations.intake_files import take_in
from models.rules.evidence_guards import megabytes
from models.rules.intake import Intake, Shown
from models.rules.policy import Files
from models.vocabulary import EvidenceKind
from screens import words
from screens.shared.form import Answers, Field

NO_FILES = "no file yet: ^o takes one in"


def fields_of(shown: tuple[Shown, ...], limits: Files) -> tuple[Field, ...]:
    """A file to take in; where some are there, one to take out."""
    numbers = tuple(f"{number}/{piece.kind}" for number, piece in enumerate(shown, 1))
    most = megabytes(limits.file_bytes_at_most)
    out = (Field("out", "take out", numbers, is_many=True),) if numbers else ()
    return (Field("path", f"file, {most}"), Field("kind", "kind", tuple(EvidenceKind)), *out)


def change_of(actor: Actor, intake: Intake, answers: Answers) -> Callable[[], Intake]:
    """What is to be done with the answers; it gives the claim as it is then. Raises Misused where they say nothing."""
    path = answers["path"].strip()
    out = {int(each.partition("/")[0]) for each in answers.get("out", "").split()}
    intake = replace(intake, shown=tuple(piece for at, piece in enumerate(intake.shown, 1) if at not in out))
    if out and not path:
        return lambda: intake
    if not path or not answers["kind"]:
        raise Misused("Name the file and choose its kind.")
    source = Path(os.path.expanduser(path))  # never raises, as Path's own does
    return partial(take_in, actor, intake=intake, kind=EvidenceKind(answers["kind"]), source=source)


def come_since(kept: Iterable[Shown], met: set[Shown]) -> tuple[Shown, ...]:
    """Pieces of the draft that came elsewhere, such as by command, since it was read here."""
    return tuple(piece for piece in kept if piece not in met)


def names_of(shown: tuple[Shown, ...]) -> str:
    return ", ".join(f"{words.plain(piece.kind)} {piece.title}" for piece in shown)
