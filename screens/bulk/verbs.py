"""The same verb on all marked cases: a preview says which can, each is done by itself, and one key takes them back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from models import clock
from models.errors import DeskError
from models.rules.act import Verb as CaseVerb
from models.vocabulary import Role
from screens.case_verbs import CaseVerbs
from screens.queue.case_list import CaseList

if TYPE_CHECKING:
    from screens.bulk.step import Step

BULK = (CaseVerb.CLAIM, CaseVerb.RELEASE, CaseVerb.ASSIGN, CaseVerb.CHASE)

MOST_MARKED = 500
"""Cases that one stroke marks: what would become of each is read before anything is done."""


class BulkVerbs(CaseVerbs):
    """A list whose rows can be marked."""

    BULK = BULK
    cases: CaseList
    _last: tuple[Step, ...] = ()
    """What was done last on several cases and has an inverse."""

    def do_mark(self) -> None:
        self.cases.toggle_mark()
        self.cases.action_step(1)
        count = len(self.cases.marked)
        self.show_said(f"{count} marked: c, x and i act on all of them, esc unmarks." if count else "")

    @work(exclusive=True, group="check")
    async def do_mark_all(self) -> None:
        """What the query finds, from the top of its order; a second time unmarks."""
        if self.cases.marked:
            self.cases.clear_marks()
            self.show_said("")
            return
        try:
            ids = await self.first_ids(MOST_MARKED)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self.cases.mark(ids)
        first = "The first " if len(ids) == MOST_MARKED else ""
        self.show_said(f"{first}{len(ids)} marked: c, x, i and h act on all of them, esc unmarks.")

    async def first_ids(self, limit: int) -> list[int]:
        """The first cases of the list, seen or not. Raises DeskError."""
        raise NotImplementedError

    def _perform(self, verb: CaseVerb) -> None:
        if self.cases.marked and verb in BULK:
            self._ask_for_all(verb, sorted(self.cases.marked))
        else:
            super()._perform(verb)

    @work(exclusive=True, group="deed")
    async def _ask_for_all(self, verb: CaseVerb, marked: list[int]) -> None:
        from screens.bulk.dialog import StepsDialog
        from screens.bulk.step import Step, plan
        from screens.deeds import DEEDS
        from screens.shared.form import FormDialog, form_of

        actor = self.host.actor
        if verb is CaseVerb.CHASE and actor.role is not Role.SUPERVISOR:
            self.refuse("Chasing many cases at once is a supervisor's.")
            return
        steps = await self._planned(partial(plan, verb, marked, actor, clock.now()))
        possible = [step for step in steps if not step.refusal]
        if not possible:
            if steps:
                await self.app.push_screen_wait(StepsDialog(f"None of the {len(steps)} cases can be done", steps))
            return
        fields = next((fields for step in possible if (fields := DEEDS[verb].fields(step.subject))), ())
        if fields:
            form = form_of(f"{DEEDS[verb].done} {len(possible)} cases", f"{verb}:marked", DEEDS[verb].done, fields)
            answers = await self.app.push_screen_wait(FormDialog(form, self.host.drafts))
            if answers is None:
                return
            steps = [Step(step.subject, verb, answers, step.refusal) for step in steps]
        await self._agree_and_do(f"{DEEDS[verb].done} {_cases(possible)}", DEEDS[verb].done, steps)

    @work(exclusive=True, group="deed")
    async def do_undo(self) -> None:
        from screens.bulk.step import inverse

        if not self._last:
            self.refuse("There is nothing to take back: only claims, releases and assignments of several cases.")
            return
        steps = await self._planned(partial(inverse, self._last, self.host.actor, clock.now()))
        if steps:
            await self._agree_and_do(f"Take back {_cases(steps)}", "Take back", steps)

    async def _planned(self, read: Callable[[], list[Step]]) -> list[Step]:
        """Nothing where the store does not answer, which was said."""
        try:
            return await self.read(read)
        except DeskError as error:
            self.refuse(str(error))
            return []

    async def _agree_and_do(self, title: str, yes: str, steps: list[Step]) -> None:
        from screens.bulk.dialog import StepsDialog
        from screens.bulk.step import done

        possible = [step for step in steps if not step.refusal]
        left = len(steps) - len(possible)
        shown = f"{title}?" + (f"  {left} stay{'s' if left == 1 else ''} as it is" if left else "")
        if await self.app.push_screen_wait(StepsDialog(shown, steps, yes)):
            self.write(partial(done, self.host.actor, possible), self._tell_of_all)

    def _tell_of_all(self, steps: list[Step]) -> None:
        from screens.bulk.dialog import StepsDialog
        from screens.bulk.step import can_be_undone

        self.cases.clear_marks()
        self.changed(0)
        count = sum(not step.refusal for step in steps)
        self._last = tuple(step for step in steps if not step.refusal and can_be_undone(step.verb))
        self.host.say(f"{_cases(steps[:count])} done." + (" ^z takes them back." if self._last else ""))
        if count < len(steps):
            self.app.push_screen(StepsDialog(f"{count} done, {len(steps) - count} not", steps))


def _cases(steps: list[Step]) -> str:
    return f"{len(steps)} case{'' if len(steps) == 1 else 's'}"
