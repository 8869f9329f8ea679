"""The same verb on all marked cases: a preview says which can, then they are done one by one, each by itself."""

from __future__ import annotations

from functools import partial

from textual import work

from models import clock
from models.actor import Actor
from models.errors import DeskError, StoreUnavailable
from models.rules.act import Verb as CaseVerb
from models.vocabulary import Role
from screens.case_verbs import CaseVerbs
from screens.deeds import DEEDS
from screens.queue.case_list import CaseList
from screens.shared.form import Answers, FormDialog, form_of
from screens.shared.question import QuestionDialog
from screens.subject import Subject, subject_of, why_not


class BulkVerbs(CaseVerbs):
    """A list whose rows can be marked."""

    BULK = ("claim", "release", "assign", "chase")
    cases: CaseList

    def _perform(self, verb: CaseVerb) -> None:
        marked = [row.id for row in self.cases.rows if row.id in self.cases.marked]
        if marked and verb in self.BULK:
            self._ask_for_all(verb, marked)
        else:
            super()._perform(verb)

    @work(exclusive=True, group="deed")
    async def _ask_for_all(self, verb: CaseVerb, marked: list[int]) -> None:
        try:
            subjects = await self.read(lambda: [subject_of(each, self.host.actor.login) for each in marked])
        except DeskError as error:
            self.refuse(str(error))
            return
        actor, now = self.host.actor, clock.now()
        if verb is CaseVerb.CHASE and actor.role is not Role.SUPERVISOR:
            self.show_said("Chasing many cases at once is a supervisor's.", is_refusal=True)
            return
        possible = [each for each in subjects if why_not(each.case, verb, actor, now) is None]
        others = len(subjects) - len(possible)
        if not possible:
            self.refuse(f"None of the {len(subjects)} marked cases can be done.")
            return
        answers: Answers = {}
        fields = DEEDS[verb].fields(possible[0])
        if fields:
            form = form_of(f"{DEEDS[verb].done} {len(possible)} cases", f"{verb}:marked", DEEDS[verb].done, fields)
            filled = await self.app.push_screen_wait(FormDialog(form, self.host.drafts))
            if filled is None:
                return
            answers = filled
        left = f" {others} of the marked ones cannot, and stay as they are." if others else ""
        codes = ", ".join(each.code for each in possible[:8]) + (" …" if len(possible) > 8 else "")
        question = f"{DEEDS[verb].done} {len(possible)} cases: {codes}?{left}"
        if await self.app.push_screen_wait(QuestionDialog(question, DEEDS[verb].done)):
            self.write(partial(_do_all, actor, verb, possible, answers), self._tell_of_all)

    def _tell_of_all(self, result: tuple[int, str]) -> None:
        count, problem = result
        self.cases.clear_marks()
        self.host.say(f"{count} done. {problem}".strip(), is_refusal=bool(problem))
        self.changed(0)


def _do_all(actor: Actor, verb: CaseVerb, subjects: list[Subject], answers: Answers) -> tuple[int, str]:
    """How many were done, and the last refusal. A lost store ends it; every case is a transaction of its own."""
    count, problem = 0, ""
    for subject in subjects:
        try:
            DEEDS[verb].do(actor, subject, answers)
            count += 1
        except StoreUnavailable:
            raise
        except DeskError as error:
            problem = str(error)
    return count, problem
