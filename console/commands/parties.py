"""Buyers and sellers over time, and their contact data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output, given_text, span
from console.command import Command
from console.commands.done import add_case_and, case_id, shown
from console.commands.of_sellers import OF_SELLERS, until
from console.output.json_text import json_document
from console.output.values import plain
from console.output.write import Format, write, write_object
from console.session import Session
from models.columns import Column, Kind
from models.errors import Misused
from models.operations import parties
from models.operations.revealing import reveal as revealed
from models.queries.parties import PartyPage, find_party, party_page
from models.queries.sellers import DeclaredHoliday
from models.text import visible

FACT_COLUMNS = (
    Column("fact"),
    Column("days", Kind.NUMBER),
    Column("count", Kind.NUMBER),
    Column("of", Kind.NUMBER),
    Column("label"),
)
CONTACT_COLUMNS = tuple(map(Column, ("side", "ref", "name", "email", "phone", "address")))


def party(session: Session, given: Namespace) -> int:
    actor = session.actor()
    number = find_party(given.party)
    if given.what is None:
        _show(party_page(number), given)
        return 0
    if given.what in OF_SELLERS:
        print(f"{visible(given.party)} {OF_SELLERS[given.what](actor, number, given)}")
        return 0
    if given.value is not None:
        raise Misused(f"'party {given.what}' takes no '{visible(given.value[:40])}'.")
    if not given.note:
        raise Misused(f"'party {given.what}' needs --note: why.")
    note, text = given_text(given.note), given_text(given.text) if given.text else ""
    if given.what == "note":
        answered, said = parties.note(actor, party=number, note=note), "has a note"
    elif given.what == "warn":
        answered, said = parties.warn(actor, party=number, note=note, text=text), "is warned"
    else:
        if given.until is None:
            raise Misused("'party suspend' needs --until: the day on which it ends.")
        answered = parties.suspend(
            actor, party=number, until=given.until.first, note=note, text=text, is_grave=given.grave_forgery
        )
        said = f"is suspended until {shown(given.until.first)}"
    flags = f"; the flags in {', '.join(f'C{case}' for case in answered)} are answered" if answered else ""
    print(f"{visible(given.party)} {said}{flags}.")
    return 0


def _show(page: PartyPage, given: Namespace) -> None:
    if given.format is Format.JSON:
        write_object(_object(page), out=given.out)
        return
    facts = ((fact.name, fact.days, fact.count, fact.of, fact.label) for fact in page.facts)
    write(
        facts, FACT_COLUMNS, format=given.format, out=given.out, title=_title(page), totals=_steps(page),
        is_raw=given.raw,
    )  # fmt: skip


def _title(page: PartyPage) -> str:
    who = f"{page.name} ({page.ref})" if page.name else page.ref
    held = f", suspended until {shown(page.suspended_until)}" if page.suspended_until else ""
    tier = f", {page.tier}" if page.tier else ""
    return f"{page.side} {who}{tier}{held}"


def _steps(page: PartyPage) -> list[str]:
    """What follows the facts: flags, what was done, and the cases."""
    lines = [f"away {_away(each)}" for each in page.holidays]
    for flag in page.flags:
        review = f"{flag.review} by {flag.reviewed_by}" if flag.review else "waits for review"
        lines.append(f"{shown(flag.raised_at)} {flag.raised_by}: flag in {flag.case}, {review}: {flag.note}")
    for step in page.steps:
        until = f" until {shown(step.until)}" if step.until else ""
        grave = " for grave forgery" if step.is_grave else ""
        lines.append(f"{shown(step.made_at)} {step.made_by}: {step.kind}{until}{grave}: {step.note}")
    cases = " ".join(case.case for case in page.cases)
    more = f"; more: disputes queue all --where {page.side}:{page.ref}" if page.has_more_cases else ""
    return [*lines, f"cases: {cases or 'none'}{more}"]


def _away(each: DeclaredHoliday) -> str:
    off = ", called off" if each.is_called_off else ""
    return f"{shown(each.from_at)} to {shown(each.to_at)}, noted by {each.declared_by} {shown(each.declared_at)}{off}"


def _object(page: PartyPage) -> dict[str, object]:
    return {
        "party": page.ref,
        "side": page.side,
        "name": page.name,
        "country": page.country,
        "language": page.language,
        "tier": page.tier,
        "holidays": [
            {"from": plain(each.from_at), "to": plain(each.to_at), "is_called_off": each.is_called_off}
            for each in page.holidays
        ],
        "suspended_until": plain(page.suspended_until),
        "facts": [
            {"fact": fact.name, "days": fact.days, "count": fact.count, "of": fact.of, "label": fact.label}
            for fact in page.facts
        ],
        "flags": [
            {
                "case": flag.case, "at": plain(flag.raised_at), "by": flag.raised_by, "note": flag.note,
                "review": flag.review or None, "reviewed_at": plain(flag.reviewed_at),
                "reviewed_by": flag.reviewed_by or None,
            }
            for flag in page.flags
        ],
        "cases": [case.case for case in page.cases],
        "has_more_cases": page.has_more_cases,
        "steps": [
            {
                "kind": str(step.kind), "at": plain(step.made_at), "by": step.made_by, "until": plain(step.until),
                "grave_forgery": step.is_grave, "note": step.note,
            }
            for step in page.steps
        ],
    }  # fmt: skip


def reveal(session: Session, given: Namespace) -> int:
    actor = session.actor()
    contacts = revealed(actor, case=case_id(given), note=given_text(given.note))
    rows = [(each.side, each.ref, each.name, each.email, each.phone, each.address) for each in contacts]
    if given.format is Format.JSON:
        print(json_document([dict(zip((c.key for c in CONTACT_COLUMNS), row, strict=True)) for row in rows]))
    else:
        write(rows, CONTACT_COLUMNS, format=given.format, out=given.out, is_raw=given.raw)
    return 0


def _party_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("party", metavar="REF", help="their reference; buyer:REF or seller:REF where both exist")
    parser.add_argument(
        "what", nargs="?", choices=("note", "warn", "suspend", *OF_SELLERS), help="supervisors; holiday: agents too"
    )
    parser.add_argument("value", nargs="?", metavar="TIER", help="of tier: a word such as gold; none takes it away")
    parser.add_argument(
        "--until", type=until, metavar="D",
        help="the end of a suspension, a day or 60d, 30 to 180 days from now; the last day or instant of a holiday",
    )  # fmt: skip
    parser.add_argument("--from", dest="since", type=span, metavar="D", help="the first day or instant of a holiday")
    parser.add_argument("--call-off", action="store_true", help="the holiday that begins at --from is not taken")
    parser.add_argument("--note", metavar="T", help="why; - for standard input")
    parser.add_argument("--text", metavar="T", help="what they are told of a warning or suspension, in your words")
    parser.add_argument("--grave-forgery", action="store_true", help="the ground of a suspension without a warning")
    add_output(parser)


def _reveal_arguments(parser: ArgumentParser) -> None:
    add_case_and(parser, note={"required": True, "metavar": "T", "help": "why; it is recorded"})
    add_output(parser)


COMMANDS = {
    "party": Command(
        "disputes party B-12 suspend --until 2027-01-31 --note 'Twice the same photo after a warning.'",
        party,
        _party_arguments,
    ),
    "reveal": Command(
        "disputes reveal C12 --note 'The carrier asks for the phone number.'",
        reveal,
        _reveal_arguments,
    ),
}
