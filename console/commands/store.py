"""Making a store and keeping it well."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from console.command import Command
from console.output.sink import say
from console.session import Session
from models.errors import NotAllowed, Refused, StoreUnavailable
from models.text import visible


def init(session: Session, given: Namespace) -> int:
    from models.database import create_store, location
    from models.operations.agents import check_login, found

    check_login(session.login)
    shown = visible(location(session.url).shown)
    is_done = not create_store(session.url) and _has_people(session)
    if not is_done:
        try:
            found(session.login, given.name or session.login)
        except Refused:  # another has made it at this moment
            is_done = True
    if is_done:
        say(f"A store is already there: {shown}. Nothing was done.")
        return 0
    say(f"Made {shown}. {session.login} is its first supervisor.")
    say("Next: 'disputes import FILE', then 'disputes'.")
    return 0


def _has_people(session: Session) -> bool:
    """Not where making the store was cut off before its first supervisor was in it."""
    from models.database import open_store
    from models.queries.agents import all_agents

    open_store(session.url)
    return any(True for _ in all_agents())


def migrate(session: Session, given: Namespace) -> int:
    from models.database import open_store
    from models.operations.upgrading import upgrade

    place = open_store(session.url, expect_current=False)
    applied, is_behind = upgrade(session.claimed, place)
    say(f"Applied {', '.join(applied)}." if applied else "The store is current; nothing was done.")
    if is_behind:  # the index came with a migration, or filling it was cut off
        _index_words()
    return 0


def reindex(session: Session, given: Namespace) -> int:
    from models.vocabulary import Role

    if session.actor().role is not Role.SUPERVISOR:
        raise NotAllowed("'reindex' needs the role supervisor.")
    _index_words()
    return 0


def _index_words() -> None:
    from models.operations import word_index

    count = word_index.rebuild()
    say(f"Indexed the words of {count} case{'' if count == 1 else 's'}.")


def doctor(session: Session, given: Namespace) -> int:
    from platform import python_version

    from console.version import VERSION
    from models.health import findings

    session.actor()
    say(f"ok   program: disputes {VERSION}, Python {python_version()}")
    bad = 0
    shows = sys.stderr.isatty()
    for finding in findings(_progress if shows else None):
        bad += not finding.is_good
        if shows:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        sign = "see" if finding.is_note else "ok " if finding.is_good else "BAD"
        say(f"{sign}  {finding.what}: {visible(finding.said)}")
    if bad:
        raise StoreUnavailable(f"{bad} finding{'s' if bad > 1 else ''}; see above.")
    return 0


def _progress(what: str, count: int) -> None:
    if count % 500 == 0:
        print(f"\r{what}: {count}", end="", file=sys.stderr, flush=True)


def demo(session: Session, given: Namespace) -> int:
    """A store in a folder that goes away with the process; nothing else is touched."""
    from tempfile import TemporaryDirectory

    from console.progress import counted
    from models.database import close_store
    from seed.demo.build import build

    with TemporaryDirectory(prefix="disputes-demo-", ignore_cleanup_errors=True) as folder:
        url = f"sqlite:///{folder}/demo.db"
        has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        with counted("Making the demonstration", given.cases) as on_progress:
            actor = build(url, cases=given.cases, on_progress=on_progress)
        try:
            if given.no_open or not has_terminal:
                from console.commands.reading import print_home

                print_home(actor)
                return 0
            from console.opening import open_console

            return open_console(Session(url, actor.login, options=session.options))
        finally:
            close_store()


def _demo_arguments(parser: ArgumentParser) -> None:
    from console.arguments import count_of_cases

    parser.add_argument("--cases", type=count_of_cases, default=300, metavar="N", help="how many, 300 unless told")
    parser.add_argument("--no-open", action="store_true", help="print the home view as text and leave")


def _init_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", help="the first supervisor's name")


COMMANDS = {
    "demo": Command(
        "disputes demo --cases 1000",
        demo,
        _demo_arguments,
        who="anybody",
    ),
    "init": Command(
        "disputes init",
        init,
        _init_arguments,
        who="whoever makes the store",
    ),
    "migrate": Command("disputes migrate", migrate, who="supervisor"),
    "reindex": Command(
        "disputes reindex",
        reindex,
        who="supervisor",
    ),
    "doctor": Command(
        "disputes doctor",
        doctor,
        who="everybody of the desk",
    ),
}
