"""Doing something to a case, the same way from the queue and from the case itself.

Read the case, say why not or ask for what is missing, ask again where it cannot be undone, hand it to the operation.
What was typed stays, in the dialog or as a draft, until the operation has taken it. All that a verb needs is loaded
when the first one is used: nobody waits for it before the first list is seen.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from models import clock
from models.errors import Conflict, DeskError
from models.rules.act import Verb as CaseVerb
from models.vocabulary import Party
from screens.party.way_in import OpensParties
from screens.words import plain

if TYPE_CHECKING:
    from models.operations.change import Change
    from screens.deed import Deed
    from screens.shared.form import Answers
    from screens.subject import Subject


class CaseVerbs(OpensParties):
    """A screen on which verbs act on a case."""

    def target(self) -> int | None:
        """The dispute that a key means now."""
        raise NotImplementedError

    def changed(self, dispute_id: int) -> None:
        """Something was done, or turned out to have been done by others: read again."""

    def open_decision(self, subject: Subject) -> None:
        """The ruling has a screen of its own."""
        from screens.decision.screen import DecisionScreen

        self.app.push_screen(DecisionScreen(subject.dispute_id))

    def open_hearing(self, subject: Subject) -> None:
        from screens.decision.hearing import HearingScreen

        self.app.push_screen(HearingScreen(subject.dispute_id))

    def first_answers(self, verb: CaseVerb) -> Answers:
        """What a form begins with, beyond what its fields say."""
        return {}

    def do_buyer(self) -> None:
        self._open_side(Party.BUYER)

    def do_seller(self) -> None:
        self._open_side(Party.SELLER)

    def _open_side(self, side: Party) -> None:
        from models.queries.parties import party_of

        dispute_id = self.target()
        if dispute_id is None:
            self.refuse("There is no case under the cursor.")
        else:
            self.open_party_by(partial(party_of, dispute_id, side))

    def do_claim(self) -> None:
        self._perform(CaseVerb.CLAIM)

    def do_release(self) -> None:
        self._perform(CaseVerb.RELEASE)

    def do_note(self) -> None:
        self._perform(CaseVerb.NOTE)

    def do_message(self) -> None:
        self._perform(CaseVerb.MESSAGE)

    def do_respond(self) -> None:
        self._perform(CaseVerb.RESPOND)

    def do_escalate(self) -> None:
        self._perform(CaseVerb.ESCALATE)

    def do_decide(self) -> None:
        self._perform(CaseVerb.DECIDE)

    def do_return(self) -> None:
        self._perform(CaseVerb.RETURN)

    def do_appeal(self) -> None:
        self._perform(CaseVerb.APPEAL)

    def do_rule(self) -> None:
        self._perform(CaseVerb.RULE)

    def do_attach(self) -> None:
        self._perform(CaseVerb.ATTACH)

    def do_review(self) -> None:
        self._perform(CaseVerb.REVIEW)

    def do_recode(self) -> None:
        self._perform(CaseVerb.RECODE)

    def do_refund(self) -> None:
        self._perform(CaseVerb.REFUND)

    def do_notify(self) -> None:
        self._perform(CaseVerb.NOTIFY)

    def do_approve(self) -> None:
        self._perform(CaseVerb.APPROVE)

    def do_send_back(self) -> None:
        self._perform(CaseVerb.SEND_BACK)

    def do_assign(self) -> None:
        self._perform(CaseVerb.ASSIGN)

    def do_withdraw(self) -> None:
        self._perform(CaseVerb.WITHDRAW)

    def do_close(self) -> None:
        self._perform(CaseVerb.CLOSE)

    @work(exclusive=True, group="why")
    async def do_why(self) -> None:
        # Calendars and time zones are loaded only when somebody asks.
        from models.queries.reasons import all_reasons_of
        from screens.case.reasons import ReasonsScreen

        dispute_id = self.target()
        if dispute_id is None:
            self.show_said("There is no case under the cursor.", is_refusal=True)
            return
        try:
            found = await self.read(partial(all_reasons_of, dispute_id))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
        else:
            self.host.last_command = f"disputes why C{dispute_id}"
            self.app.push_screen(ReasonsScreen(f"C{dispute_id}", found, self.host.zone))

    def do_ask(self) -> None:
        self._perform(CaseVerb.ASK)

    def do_cancel_ask(self) -> None:
        self._perform(CaseVerb.CANCEL_ASK)

    def do_answer(self) -> None:
        self._perform(CaseVerb.ANSWER)

    def do_propose(self) -> None:
        self._perform(CaseVerb.PROPOSE)

    def do_hold(self) -> None:
        self._perform(CaseVerb.HOLD)

    def do_unhold(self) -> None:
        self._perform(CaseVerb.UNHOLD)

    def do_extend(self) -> None:
        self._perform(CaseVerb.EXTEND)

    def do_waive(self) -> None:
        self._perform(CaseVerb.WAIVE)

    def do_reopen(self) -> None:
        self._perform(CaseVerb.REOPEN)

    def do_merge(self) -> None:
        self._perform(CaseVerb.MERGE)

    def do_chase(self) -> None:
        self._perform(CaseVerb.CHASE)

    def do_flag(self) -> None:
        self._perform(CaseVerb.FLAG)

    def do_unflag(self) -> None:
        self._perform(CaseVerb.UNFLAG)

    def do_goodwill(self) -> None:
        self._perform(CaseVerb.GOODWILL)

    def do_watch(self) -> None:
        self._perform(CaseVerb.WATCH)

    def do_remind(self) -> None:
        self._perform(CaseVerb.REMIND)

    def do_correct(self) -> None:
        self._perform(CaseVerb.CORRECT)

    def _perform(self, verb: CaseVerb) -> None:
        dispute_id = self.target()
        if dispute_id is None:
            self.refuse("There is no case under the cursor.")
        else:
            self._ask_and_do(verb, dispute_id)

    @work(exclusive=True, group="deed")
    async def _ask_and_do(self, verb: CaseVerb, dispute_id: int) -> None:
        from screens.subject import subject_of, why_not

        try:
            subject = await self.read(partial(subject_of, dispute_id, self.host.actor.login, self.host.zone))
        except DeskError as error:
            self.refuse(str(error))
            return
        reason = why_not(subject.case, verb, self.host.actor, clock.now())
        if reason is not None:
            self.refuse(reason)
            self.changed(dispute_id)
        elif verb is CaseVerb.DECIDE:
            self.open_decision(subject)
        elif verb is CaseVerb.RULE:
            self.open_hearing(subject)
        elif verb is CaseVerb.APPROVE:
            await self._sign(subject)
        else:
            await self._ask(verb, subject, self.first_answers(verb), "")

    async def _sign(self, subject: Subject) -> None:
        """Whoever signs has read everything that the decision says, as it stands."""
        from models.queries.case_file import case_file
        from screens.decision.signing import SignDialog
        from screens.deeds import DEEDS

        file = await self.read(partial(case_file, subject.dispute_id))
        waits = next((each for each in reversed(file.decisions) if each.standing == "proposed"), None)
        if waits is not None and await self.app.push_screen_wait(SignDialog(file, waits)):
            self._do(CaseVerb.APPROVE, DEEDS[CaseVerb.APPROVE], subject, {}, "")

    async def _ask(self, verb: CaseVerb, subject: Subject, given: Answers, problem: str) -> None:
        """Ask for what is missing and do it. Called again with the answers where the operation refuses them."""
        from screens.deed import fields_of
        from screens.deeds import DEEDS
        from screens.shared.form import FormDialog, form_of
        from screens.shared.question import QuestionDialog

        deed = DEEDS[verb]
        fields, answers = fields_of(deed, subject), given
        place = f"{verb}:{subject.code}"
        if fields:
            title = f"{plain(verb.replace('-', ' ')).capitalize()} {subject.code}"
            form = form_of(title, place, deed.done, fields, is_dangerous=deed.question is not None)
            filled = await self.app.push_screen_wait(FormDialog(form, self.host.drafts, given, problem))
            if filled is None:
                return
            answers = filled
            missing = [field.label for field in fields if field.choices and not answers[field.name]]
            if missing:
                await self._ask(verb, subject, answers, f"Choose: {', '.join(missing)}.")
                return
        if deed.question is not None:
            try:
                question = await self.read(partial(deed.question, subject, answers))
            except DeskError as error:  # such as an amount that is none
                await self._ask(verb, subject, answers, str(error))
                return
            if not await self.app.push_screen_wait(QuestionDialog(question, deed.done)):
                return
        self._do(verb, deed, subject, answers, place if fields else "")

    def _do(self, verb: CaseVerb, deed: Deed, subject: Subject, answers: Answers, place: str) -> None:
        from screens.deed import words_of

        def done(change: Change) -> None:
            self.host.last_command = command_line(
                deed.command_name or verb, subject.code, words_of(deed, subject, answers)
            )
            self.host.say(deed.said.format(code=subject.code))
            self.changed(subject.dispute_id)

        def failed(error: DeskError) -> None:
            self.changed(subject.dispute_id)
            if place and self.is_active and not isinstance(error, Conflict):
                self._ask_again(verb, subject, answers, str(error))
            else:
                kept = " Your text is kept." if place and "kept" not in str(error) else ""
                self.host.say(f"{error}{kept}", is_refusal=True)

        places = (place,) if place else ()
        task = partial(deed.do, self.host.actor, subject, answers)
        self.write(task, done, failed, places=places, copies_file=deed.copies_file)

    @work(exclusive=True, group="deed")
    async def _ask_again(self, verb: CaseVerb, subject: Subject, answers: Answers, problem: str) -> None:
        await self._ask(verb, subject, answers, problem)


def command_line(verb: str, code: str, words: list[str]) -> str:
    """What does the same on the command line."""
    from shlex import join

    return join(["disputes", verb, code, *words])
