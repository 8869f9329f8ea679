"""Looking: views as rows, and counts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from console.arguments import add_output, instant, limit
from console.command import Command
from console.output.sink import sink
from console.output.write import Format, write
from console.session import Session
from models.actor import Actor
from models.columns import Column, Kind
from models.queries import queue as queues
from models.queries.counting import KEYS
from models.queries.sorting import SORTS
from models.rules import money

FIRST = 20
"""Rows of a view that are printed where nobody asked for rows."""


def queue(session: Session, given: Namespace) -> int:
    actor = session.actor()
    view = queues.view_for(actor.login, given.view or ("all" if given.where else "home"))
    asked = queues.narrowed(view, given.where or "")
    sort = given.sort or queues.order_of(view, asked)
    rows = queues.rows(asked, actor_login=actor.login, sort=sort, at=given.at, limit=given.limit)
    write(
        (row.values() for row in rows),
        queues.COLUMNS,
        format=given.format,
        out=given.out,
        title=view.label,
        query=str(asked),
        is_raw=given.raw,
    )
    return 0


def print_home(actor: Actor) -> None:
    """The head of the home view as a table."""
    view = queues.VIEWS["home"]
    rows = [row.values() for row in queues.rows(view, actor_login=actor.login, limit=FIRST)]
    left = queues.count(view, actor_login=actor.login)[0].cases - len(rows)
    more = [f"… and {left} more: disputes queue --where '{view.text}'"] if left > 0 else []
    write(rows, queues.COLUMNS, format=Format.TABLE, title=view.label, query=view.text, totals=more)


def count(session: Session, given: Namespace) -> int:
    actor = session.actor()
    asked = queues.narrowed(queues.view_for(actor.login, given.view or "all"), given.where or "")
    counts = queues.count(asked, actor_login=actor.login, at=given.at, by=given.by)
    objects = [_object(each, has_key=given.by is not None) for each in counts]
    if given.format is Format.JSON:
        with sink(given.out) as send:
            send(_document(objects if given.by else objects[0]) + "\n")
    elif given.format is Format.JSONL:
        with sink(given.out) as send:
            send("".join(f"{_document(each)}\n" for each in objects))
    else:
        _write_counts(objects, given)
    return 0


def _object(each: queues.Count, *, has_key: bool) -> dict[str, Any]:
    sums = {currency: money.text(minor, currency) for currency, minor in sorted(each.money.items())}
    found: dict[str, Any] = {"cases": each.cases, "money": sums}
    return {"key": each.key, **found} if has_key else found


def _write_counts(objects: list[dict[str, Any]], given: Namespace) -> None:
    """One row a key. CSV has the keys of JSON, with all sums in one cell; a table names what was counted by."""
    is_data = given.format is Format.CSV
    first = [Column("key" if is_data else given.by)] if given.by else []
    columns = [*first, Column("cases", Kind.NUMBER), Column("money")]
    shown = _document if is_data else _sums
    rows = ([*list(each.values())[:-1], shown(each["money"])] for each in objects)
    write(rows, columns, format=given.format, out=given.out, is_raw=given.raw)


def _document(value: object) -> str:
    from console.output.json_text import json_document

    return json_document(value)


def _sums(sums: dict[str, str]) -> str:
    return ", ".join(f"{amount} {currency}" for currency, amount in sums.items())


def _add_query(parser: ArgumentParser) -> None:
    parser.add_argument("view", nargs="?", metavar="VIEW", help=", ".join(queues.VIEWS))
    parser.add_argument("--where", metavar="QUERY", help="in the query language, such as 'is:open amount>200'")
    parser.add_argument("--at", type=instant, metavar="INSTANT", help="as of then, by when things occurred")


def _queue_arguments(parser: ArgumentParser) -> None:
    _add_query(parser)
    parser.add_argument("--sort", metavar="KEY", help=f"{', '.join(SORTS)}; --sort=-amount descends")
    parser.add_argument("--limit", type=limit, metavar="N", help="how many rows at most")
    add_output(parser)


def _count_arguments(parser: ArgumentParser) -> None:
    _add_query(parser)
    parser.add_argument("--by", metavar="KEY", help=", ".join(KEYS))
    add_output(parser)


COMMANDS = {
    "queue": Command(
        "disputes queue in-review --where 'amount>200' --sort=-amount --format csv",
        queue,
        _queue_arguments,
    ),
    "count": Command(
        "disputes count --where 'overdue:seller_response' --at 2026-03-01T09:00:00Z --format json",
        count,
        _count_arguments,
    ),
}
