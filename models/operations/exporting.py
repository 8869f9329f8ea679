"""A report that leaves the desk: written down first, and with contact data only for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from models import clock
from models.actor import Actor
from models.columns import Column
from models.errors import Misused, NotAllowed, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.among import among
from models.queries.reports import Asked, Reading, Report, read
from models.queries.reports.report import Row
from models.tables import Contact, Dispute
from models.vocabulary import Role

CONTACT_COLUMNS = tuple(
    Column(f"{side}_{what}") for side in ("buyer", "seller") for what in ("email", "phone", "address")
)
_AT_ONCE = 500
_NOTHING = ("", "", "")


def export(
    actor: Actor,
    report: Report,
    asked: Asked,
    *,
    format: str,
    note: str = "",
    has_contact: bool = False,
    has_totals: bool = True,
    has_charts: bool = False,
) -> Reading:
    """The report as `read` gives it, and the event that says so. `format` is what it leaves as.

    `has_contact` adds the parties' mail, phone and address to rows that are not grouped, for a supervisor who says
    why in `note`. Raises QueryFault and Misused before anything is written, NotAllowed, Refused (`note`).
    """
    actor = present(actor)
    reading = read(report, actor, asked, has_totals=has_totals, has_charts=has_charts)
    if has_contact:
        _check_contact(actor, asked, note)
    now = clock.now()
    body: dict[str, Any] = {
        "report": report.name, "format": format, "by": list(asked.by), "since": _iso(asked.since),
        "until": _iso(asked.until), "at": _iso(asked.at), "is_own": actor.role is Role.AGENT, "contact": has_contact,
    }  # fmt: skip
    with writing():
        actor = present(actor)
        if str(asked.where):
            body["query_digest"] = journal.keyed_digest(str(asked.where))
        if note.strip():
            body["text_digest"] = journal.keyed_digest(note)
        journal.append(actor, now, [journal.Entry("export", now, body)])
    if has_contact:
        reading.columns = (*reading.columns, *CONTACT_COLUMNS)
        reading.rows = _with_contact(reading.rows)
    return reading


def _check_contact(actor: Actor, asked: Asked, note: str) -> None:
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed(
            f"Contact data leaves the desk by a supervisor alone; {actor.login} is {actor.role}. 'disputes reveal' "
            "shows that of one case."
        )
    if asked.by:
        raise Misused("Groups of cases have no contact data: leave --by or --contact out.")
    if not note.strip():
        raise Refused("note", "A report with contact data needs a note that says why.")


def _with_contact(rows: Iterator[Row]) -> Iterator[Row]:
    while batch := list(islice(rows, _AT_ONCE)):
        found = _contacts({int(str(row[0]).removeprefix("C")) for row in batch})
        for row in batch:
            buyer, seller = found[int(str(row[0]).removeprefix("C"))]
            yield (*row, *buyer, *seller)


def _contacts(ids: set[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of each case the buyer's and the seller's mail, phone and address. Two selects."""
    cases: Any = Dispute.select(Dispute.id, Dispute.buyer, Dispute.seller).where(among(Dispute.id, ids)).tuples()
    parties = list(cases)
    wanted = {number for _, *both in parties for number in both}
    rows: Any = (
        Contact.select(Contact.party, Contact.email, Contact.phone, Contact.address)
        .where(among(Contact.party, wanted))
        .tuples()
    )
    of: dict[int, tuple[str, ...]] = {party: tuple(values) for party, *values in rows}
    return {case: (of.get(buyer, _NOTHING), of.get(seller, _NOTHING)) for case, buyer, seller in parties}


def _iso(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
