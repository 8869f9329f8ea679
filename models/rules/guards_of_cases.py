"""What must hold before a case is reopened, merged, chased, followed; one rule a function, as in `guards`."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules import following
from models.rules.act import Act
from models.rules.case import Case
from models.rules.policy import policy
from models.vocabulary import ClockKind, ClosedAs, FlagReview, Party


def can_be_reopened(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.closed_as is ClosedAs.MERGED:
        raise Refused("merged", "The case was merged into another: reopen that one.")
    if case.underway_minor:
        raise Refused("refund", "A refund is instructed: confirm it or record its failure before the case is reopened.")


def has_no_outcome(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.outcome is not None:
        raise Refused("outcome", f"An outcome stands ({case.outcome}): only cases that nothing was settled in merge.")


def another_policy(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """Raises NotFound too, for a version that there is not."""
    if act.policy_version is None or policy(act.policy_version).version == case.policy_version:
        raise Refused("policy", f"The case follows policy {case.policy_version} already.")


def names_another_case(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.other is None:
        raise Refused("merge", "Name the other case.")


def seller_is_awaited(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.running(ClockKind.SELLER_RESPONSE) is None:
        raise Refused("chase", "No answer of the seller is awaited: nothing to chase.")


def names_a_party(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.party not in (Party.BUYER, Party.SELLER):
        raise Refused("party", "A flag is on the buyer or on the seller.")


def not_flagged_yet(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    flag = case.waiting_flag(act.party)
    if flag is not None:
        raise Refused(
            "flagged", f"{flag.raised_by} flagged the {flag.party} already, and no supervisor has looked: write a note."
        )


def flag_waits(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.waiting_flag(act.party) is None:
        waiting = [flag.party for flag in case.flags if flag.review is None]
        hint = f"the {' and the '.join(waiting)} is" if waiting else "nobody of this case is"
        raise Refused("flag", f"No flag on the {act.party} waits for review: {hint} flagged.")
    if act.flag_review is None:
        raise Refused("flag", f"A review of a flag ends in one of {', '.join(FlagReview)}.")


def watches_or_not_yet(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    watched = following.watched_by(case, actor.login) is not None
    if watched != bool(act.is_done):
        raise Refused("watch", "You watch this case already." if watched else "You do not watch this case.")


def reminds_ahead(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.is_done:
        if following.reminder_of(case, actor.login) is None:
            raise Refused("remind", "You have no reminder in this case.")
        return
    if act.due_at is None or act.due_at <= act.occurred_at:
        raise Refused("remind", "A reminder names an instant to come.")
    if act.text_digest is None:
        raise Refused("note", "A reminder needs a note: what there will be to do.")
