"""An act in a few words, for the timeline. None of them comes from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from models.rules import money, returns
from models.rules.act import NOT_APPROVED, SILENT, TALKS_OVER, Act, Verb
from models.rules.policy_reader import span

CAUSES = {
    SILENT: "the seller stayed silent",
    TALKS_OVER: "the time for talks is over",
    NOT_APPROVED: "nobody has approved it in time",
    returns.NOT_SHIPPED: "not sent back in time",
    returns.NOT_CONFIRMED: "not confirmed in time",
}
"""Why the sweep did something."""


def words(act: Act, currency: str) -> str:
    """What was done, beyond the verb itself; empty where that says it all."""
    return ", ".join(str(part) for part in _parts(act, currency) if part)


def _parts(act: Act, currency: str) -> tuple[object, ...]:
    amount = None if act.amount_minor is None else f"{money.text(act.amount_minor, currency)} {currency}"
    match act.verb:
        case Verb.OPEN:
            against = act.overrides and f"against {' '.join(act.overrides)}"
            return act.reason, amount, act.remedy and f"asks for {act.remedy}", against
        case Verb.REFUSE:
            return act.reason, act.rule
        case Verb.NOTIFY:
            due = act.due_at and f"due {act.due_at:%Y-%m-%dT%H:%M:%SZ}"
            return "seller told", "nothing promised" if act.has_no_clock else due
        case Verb.RESPOND:
            accepted = act.offer_number and f"version {act.offer_number}"
            return f"{act.party}: {act.move}", act.remedy, amount, accepted
        case Verb.RECODE:
            return (act.reason and f"to {act.reason}",)
        case Verb.ESCALATE:
            return act.party and f"by {act.party}", act.cause
        case Verb.AUTO_ESCALATE:
            return (act.cause and CAUSES[act.cause],)
        case Verb.EXPIRE:
            return (f"offer {act.offer_number}, nobody accepted it in time",)
        case Verb.CLAIM | Verb.ASSIGN:
            return (act.login and f"to {act.login}",)
        case Verb.DECIDE:
            kind = "agreed" if act.is_agreement else act.needs_second_person and "waits for a second person"
            return act.outcome, amount, act.payer and f"{act.payer} pays", kind
        case Verb.APPROVE:
            return (act.hash and f"signed {act.hash[:8]}",)
        case Verb.SEND_BACK:
            return (act.cause and CAUSES[act.cause],)
        case Verb.RETURN:
            return act.step, act.cause and CAUSES[act.cause]
        case Verb.APPEAL:
            return act.party and f"by {act.party}", act.ground
        case Verb.RULE:
            waits = act.outcome and "waits for a second person"
            return act.result, act.outcome, amount if act.outcome else None, act.payer and f"{act.payer} pays", waits
        case Verb.REFUND:
            return act.refund, amount
        case Verb.CLOSE:
            return (act.closed_as,)
        case Verb.PLACE:
            return (act.state and f"stands in {act.state}",)
        case Verb.ATTACH:
            return f"{act.party}: {act.evidence_kind}", act.file_type, act.size_bytes and f"{act.size_bytes} bytes"
        case Verb.REVIEW:
            return (f"piece {act.evidence_number} {act.verdict}",)
        case Verb.MESSAGE:
            return ("automatic reply" if act.is_automatic else act.audience and f"to {act.audience}",)
        case Verb.ASK:
            due = act.due_at and f"due {act.due_at:%Y-%m-%dT%H:%M:%SZ}"
            return f"{act.party} asked for {act.items} {'thing' if act.items == 1 else 'things'}", due
        case Verb.ANSWER:
            return (f"{act.party}: answer",)
        case Verb.LAPSE:
            return ("no answer came",)
        case Verb.PROPOSE:
            return act.remedy, amount
        case Verb.HOLD:
            return (act.hold,)
        case Verb.EXTEND:
            return act.clock, f"by {span(timedelta(seconds=act.seconds or 0))}"
        case Verb.WAIVE:
            return (act.clock,)
        case Verb.MERGE | Verb.TAKE_IN:
            return (act.other and f"{'into' if act.verb is Verb.MERGE else 'took in'} C{act.other}",)
        case Verb.WITHDRAW:
            return (act.warnings and f"warned of: {', '.join(act.warnings)}",)
        case Verb.FLAG:
            return (act.party,)
        case Verb.UNFLAG:
            return act.party, act.flag_review
        case Verb.GOODWILL:
            return act.refund, amount
        case Verb.WATCH:
            return ("no longer" if act.is_done else "",)
        case Verb.REMIND:
            return ("done" if act.is_done else act.due_at and f"on {act.due_at:%Y-%m-%dT%H:%M:%SZ}",)
        case Verb.CORRECT:
            return (act.corrects and f"event {act.corrects} was wrong",)
        case Verb.APPLY_POLICY:
            return (f"follows policy {act.policy_version} now",)
        case _:
            return ()


def looked(body: Mapping[str, object]) -> str:
    """An entry of the audit that is no act: somebody looked at a piece of evidence, or had no right."""
    if "what" in body:
        return f"had no right to: {body['what']}"
    return f"looked at piece {body['piece']}" if "piece" in body else ""
