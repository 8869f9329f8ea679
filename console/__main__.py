"""The command `disputes`."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from difflib import get_close_matches
from typing import NoReturn

from console.arguments import check_readable, check_spares_store
from console.commands import MODULES, command
from console.output.sink import say
from console.session import SSH_SESSION, Session, system_login
from console.settings import store_url
from console.streams import steady, tell
from console.version import version
from models.errors import DeskError, Misused, NotAllowed, Refused
from models.text import visible

USAGE = "disputes [--db URL] [--as LOGIN] [--debug] COMMAND …"

AT_ONCE = 50_000
"""Objects made before the collector looks again: while modules load there is nothing for it to find."""


class Parser(ArgumentParser):
    """argparse that speaks as the rest of the program does."""

    def print_help(self, file: object = None) -> None:
        say(self.format_help().rstrip())

    def error(self, message: str) -> NoReturn:
        sentence = f"{message[:1].upper()}{message[1:]}" + ("" if message.endswith((".", "?")) else ".")
        raise Misused(f"{sentence} '{self.prog} --help' says more.")


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status says what became of it."""
    gc.set_threshold(AT_ONCE)
    steady()
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except DeskError as error:
        return _told(error)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the edge of the program: no traceback reaches a person
        from console.crash import crash_sentence

        before = words[: _command_at(words) + 1]
        tell(visible(crash_sentence(error, is_debug="--debug" in before or SSH_SESSION in before)))
        return 70
    finally:
        gc.freeze()  # the interpreter's end would look through all of it once more


def _run(words: list[str]) -> int:
    at = _command_at(words)
    if words[at : at + 1] == [SSH_SESSION]:
        return _by_key(words[:at], words[at + 1 :])
    given = _options(words[:at])
    if given.version or given.help:
        say(f"disputes {version()}" if given.version else _help())
        return 0
    check_readable(vars(given))
    session = Session(store_url(given.db), given.login or system_login())
    if at == len(words):
        return _console(session)
    return _command(session, words[at], words[at + 1 :])


def _by_key(options: list[str], words: list[str]) -> int:
    """A session of the SSH server's; of the environment nothing is read before it is cleaned."""
    from console.way_in import own_environment, serve

    original = own_environment(os.environ)
    given = _options(options)
    if given.login:
        raise NotAllowed("--as is not taken in a session by a key: the key says who it is.")
    return serve(store_url(given.db), words, original, run=_command, console=_console)


def _command(session: Session, name: str, words: list[str]) -> int:
    if name not in MODULES:
        near = get_close_matches(name, MODULES, 1)
        hint = f"did you mean '{near[0]}'?" if near else "'disputes --help' lists the commands."
        raise Misused(f"'{name}' is no command: {hint}")
    chosen = command(name)
    parser = Parser(
        prog=f"disputes {name}",
        description=chosen.summary,
        epilog=f"Example:\n  {chosen.example}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    chosen.arguments(parser)
    try:
        given = parser.parse_args(words)
    except SystemExit:  # its way to end after --help
        return 0
    check_readable(vars(given))
    try:
        if session.key:
            from console.by_key import check_streams_only

            check_streams_only(parser, given)
        check_spares_store(session.url, vars(given))
        return chosen.run(session, given)
    except NotAllowed as refusal:
        from models.operations.signing_in import note_refusal

        below = getattr(given, "what", None)
        note_refusal(session.claimed, refusal, f"{name} {below}" if isinstance(below, str) else name)
        raise


def _options(words: list[str]) -> Namespace:
    parser = Parser(prog="disputes", usage=USAGE, add_help=False, allow_abbrev=False)
    parser.add_argument("--db", metavar="URL")
    parser.add_argument("--as", dest="login", metavar="LOGIN")
    parser.add_argument("--debug", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    return parser.parse_args(words)


def _command_at(words: list[str]) -> int:
    """Where the command's name stands: behind the options that come before it."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in ("--db", "--as") else 1
    return min(at, len(words))


def _help() -> str:
    lines = [
        f"usage: {USAGE}",
        "",
        "Settles disputes between buyers and sellers. Without a command, in a terminal, opens the console.",
        "",
    ]
    lines += [f"  {name:<10} {command(name).summary}" for name in MODULES]
    lines += [
        "",
        "  --db URL    sqlite:///path or postgresql://…; else DISPUTES_DB, the settings, a file of your own",
        "  --as LOGIN  who acts, for a store that you open directly",
        "  --debug     write a traceback to a file when something goes wrong inside",
        "",
        "'disputes COMMAND --help' has the arguments and an example.",
        "Exit status: 0 done, 1 refused by a rule, 2 usage, 3 some rows rejected, 4 no right, 5 somebody else has it,",
        "6 the store cannot be used.",
    ]
    return "\n".join(lines)


def _console(session: Session) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        how = "'ssh -t', or a command" if session.key else "'disputes queue' prints the home view as text"
        raise Misused(f"The console needs a terminal; {how}.")
    from console.opening import open_console

    return open_console(session)


def _told(error: DeskError) -> int:
    rule = f"refused ({error.rule}): " if isinstance(error, Refused) else ""
    tell(f"disputes: {rule}{visible(str(error), multiline=True)}")
    return error.exit_status


if __name__ == "__main__":
    sys.exit(main())
