"""A person's data on request."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output, given_text
from console.command import Command
from console.output.write import write
from console.session import Session
from models.actor import Actor
from models.columns import Column, Kind
from models.errors import Misused

COLUMNS = (Column("what"), Column("count", Kind.NUMBER))
STAYS = (
    "Not erased: their reference, amounts and dates; what the desk itself wrote, such as notes and the grounds of "
    "rulings, but for their name and contact data.",
    "Exports, backups and copies made before still hold it; a restore of this store erases it again.",
)
AGAIN = (Column("party"), Column("count", Kind.NUMBER), Column("why_not"))
OF_A_SERVER = "On PostgreSQL a VACUUM of the database takes away what it keeps of older rows."


def erase(session: Session, given: Namespace) -> int:
    from models.operations.erasing import erase as erased
    from models.operations.erasing import would_erase
    from models.queries.parties import find_party

    actor = session.actor()
    if given.again:
        return _again(actor, given)
    if not given.party:
        raise Misused("Name whom to erase: their reference, or --again for those of the list of erasures.")
    number = find_party(given.party)
    if given.preview:
        gone, title = would_erase(actor, party=number), f"Would be erased of {given.party}; nothing was written"
    elif not given.note:
        raise Misused("'erase' needs --note: why, such as who asked and when.")
    else:
        gone, title = erased(actor, party=number, note=given_text(given.note)), f"Erased of {given.party}"
    rows = [(each.what, each.count) for each in gone]
    stays = [*STAYS, *_copies()]
    write(rows, COLUMNS, format=given.format, out=given.out, title=title, totals=stays, is_raw=given.raw)
    return 0


def _copies() -> list[str]:
    """What else of this very store holds what it held."""
    from models.database import current
    from models.host_health import copies

    path = current().path
    if path is None:
        return [OF_A_SERVER]
    names = copies(path)
    return [f"Delete what lies beside the store, for it holds it too: {', '.join(names)}."] if names else []


def _again(actor: Actor, given: Namespace) -> int:
    from models.operations.erasing import erase_again

    if given.party or given.preview or given.note:
        raise Misused("'erase --again' takes whom to erase, and why, from the list of erasures: give nothing else.")
    rows = [(each.party, sum(gone.count for gone in each.gone), each.why_not) for each in erase_again(actor)]
    write(rows, AGAIN, format=given.format, out=given.out, title="Erased again", is_raw=given.raw)
    return 1 if any(why_not for _, _, why_not in rows) else 0


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "party", nargs="?", metavar="REF", help="their reference; buyer:REF or seller:REF where both exist"
    )
    parser.add_argument("--note", metavar="T", help="why; only a digest of it is kept; - for standard input")
    parser.add_argument("--preview", action="store_true", help="show what would go; nothing is written")
    parser.add_argument(
        "--again", action="store_true", help="erase those of the list of erasures who came back with an older backup"
    )
    add_output(parser)


COMMANDS = {
    "erase": Command(
        "disputes erase buyer:B-12 --note 'Asked by mail on 2026-11-20.'",
        erase,
        _arguments,
    ),
}
