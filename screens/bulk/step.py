"""One verb on many cases: what would become of each, what did, and how it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import DeskError, StoreUnavailable
from models.rules.act import Verb
from screens.deeds import DEEDS
from screens.shared.form import Answers
from screens.subject import Subject, subject_of, why_not

UNDONE = "Taken back, together with others."
"""The note that an undoing brings, where one is asked for."""
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Step:
    """A verb on one of the cases."""

    subject: Subject
    verb: Verb
    answers: Answers
    refusal: str = ""
    """Why it is not possible, or why it was not done; empty where it is or was."""

    @property
    def would(self) -> str:
        """What would become of the case: whose it is and whose it would be, where that is what the verb changes."""
        whose = {Verb.CLAIM: "you", Verb.RELEASE: NOBODY, Verb.ASSIGN: self.answers.get("login", "")}
        if self.verb not in whose:
            return str(self.verb)
        return f"{self.verb}: {self.subject.case.assignee or NOBODY} → {whose[self.verb]}"

    @property
    def said(self) -> str:
        """In one line, such as `C12  is yours now`."""
        return self.refusal or DEEDS[self.verb].said.format(code=self.subject.code)


def plan(verb: Verb, ids: Sequence[int], actor: Actor, now: datetime) -> list[Step]:
    """What stands against the verb in each of the cases. Reads the store."""
    subjects = [subject_of(each, actor.login) for each in ids]
    return [Step(each, verb, {}, why_not(each.case, verb, actor, now) or "") for each in subjects]


def done(actor: Actor, steps: Sequence[Step]) -> list[Step]:
    """Each step as it ended. A lost store ends it; every case is a transaction of its own."""
    ended = []
    for step in steps:
        try:
            DEEDS[step.verb].do(actor, step.subject, step.answers)
        except StoreUnavailable:
            raise
        except DeskError as error:
            ended.append(replace(step, refusal=str(error)))
        else:
            ended.append(step)
    return ended


def can_be_undone(verb: Verb) -> bool:
    return verb in (Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN)


def inverse(steps: Sequence[Step], actor: Actor, now: datetime) -> list[Step]:
    """The steps that give every case back to whom it was with before. Reads the store."""
    found = []
    for step in steps:
        subject = subject_of(step.subject.dispute_id, actor.login)
        verb, answers = _back_to(step.subject.case.assignee, actor)
        found.append(Step(subject, verb, answers, why_not(subject.case, verb, actor, now) or ""))
    return found


def _back_to(login: str, actor: Actor) -> tuple[Verb, Answers]:
    if not login:
        return Verb.RELEASE, {"note": UNDONE}
    if login == actor.login:
        return Verb.CLAIM, {}
    return Verb.ASSIGN, {"login": login, "note": UNDONE}
