"""How the console looks for the person who asks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from console.arguments import add_output
from console.command import Command
from console.output.sink import say
from console.output.write import write
from console.session import Session
from models.columns import Column
from models.errors import Misused
from models.text import visible

COLUMNS = (Column("setting"), Column("value"), Column("from"))
DEFAULT = "default"


def settings(session: Session, given: Namespace) -> int:
    from console.own_settings import set_own

    actor = session.actor()
    if given.setting is None:
        write(_all(actor.login), COLUMNS, format=given.format, out=given.out, is_raw=given.raw)
        return 0
    if given.value is None:
        raise Misused(f"Which value? 'disputes settings {visible(given.setting)} {DEFAULT}' takes yours back.")
    set_own(actor, given.setting, None if given.value == DEFAULT else given.value)
    say(f"{given.setting} is {visible(given.value)}: it counts from the next time that you open the console.")
    return 0


def _all(login: str) -> Iterator[tuple[str, str, str]]:
    from console import settings as found
    from console.own_settings import OWN, PLACE
    from models.queries.drafts import draft

    own, in_file, ours = draft(login, PLACE) or {}, found.settings(), found.Settings()
    for key in OWN:
        value = own.get(key, getattr(in_file, key))
        where = "yours" if key in own else DEFAULT if value == getattr(ours, key) else "file"
        yield key, str(value).lower() if isinstance(value, bool) else str(value), where


def _arguments(parser: ArgumentParser) -> None:
    from console.own_settings import OWN

    add_output(parser)
    parser.add_argument("setting", nargs="?", metavar="KEY", help=f"{', '.join(OWN[:-1])} or {OWN[-1]}")
    parser.add_argument("value", nargs="?", metavar="VALUE", help=f"{DEFAULT} takes it back")


COMMANDS = {
    "settings": Command(
        "disputes settings timezone Europe/Berlin",
        settings,
        _arguments,
    )
}
