"""The views that somebody can open, and saving a query as one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output
from console.command import Command
from console.output.sink import say
from console.output.write import write
from console.session import Session
from models.columns import Column, Kind
from models.operations import saving_views
from models.queries import queue

COLUMNS = (Column("view"), Column("whose"), Column("cases", Kind.NUMBER), Column("query"), Column("sort"))


def views(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.what == "save":
        view = saving_views.save_view(actor, name=given.name, text=given.where, sort=given.sort, is_shared=given.shared)
        say(f"Saved: 'disputes queue {view.name}' shows it.")
        return 0
    if given.what == "drop":
        saving_views.drop_view(actor, name=given.name, is_shared=given.shared)
        say(f"Dropped '{given.name}'.")
        return 0
    known = queue.views_of(actor.login)
    counts = queue.counts_of_views(known, actor.login)
    rows = ((name, _whose(view), counts[name], view.text, view.sort) for name, view in known.items())
    write(rows, COLUMNS, format=given.format, out=given.out, title="Views", is_raw=given.raw)
    return 0


def _whose(view: queue.View) -> str:
    return "yours" if view.is_saved and not view.is_shared else "desk" if view.is_saved else "shipped"


def _arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="list | save | drop")
    what.add_parser("list", help="all that you can open, with how many cases each has now")
    save = what.add_parser("save", help="a query as a view")
    save.add_argument("name", metavar="NAME", help="small letters, digits and '-'")
    save.add_argument("--where", required=True, metavar="QUERY", help="in the query language")
    save.add_argument("--sort", default="due", metavar="KEY", help="due unless told; --sort=-amount descends")
    drop = what.add_parser("drop", help="a saved view is no more")
    drop.add_argument("name", metavar="NAME")
    for each in (save, drop):
        each.add_argument("--shared", action="store_true", help="the whole desk's; a supervisor's to save and drop")


COMMANDS = {
    "views": Command(
        "disputes views save big --where 'is:open amount>500' --sort=-amount",
        views,
        _arguments,
    )
}
