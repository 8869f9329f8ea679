"""The command `disputes`."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace

from console.arguments import check_readable
from console.commands import MODULES, summary
from console.opening import open_console
from console.output.sink import say
from console.running import Parser, run_command
from console.screen_options import WITH_VALUE, add_screen_options, screen_options
from console.session import SSH_SESSION, Session, system_login
from console.settings import COLORS, place_of_files, store_url
from console.streams import steady, tell
from console.version import VERSION
from models.errors import DeskError, NotAllowed, Refused
from models.text import visible

USAGE = "disputes [--db URL] [--as LOGIN] [--debug] [--color C] [--fps N] [--plain] COMMAND …"

AT_ONCE = 50_000
"""Objects made before the collector looks again: while modules load there is nothing for it to find."""


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
        say(f"disputes {VERSION}" if given.version else _help())
        return 0
    check_readable(vars(given))
    url = store_url(given.db)
    place_of_files(url)
    session = Session(url, given.login or system_login(), options=screen_options(given))
    if at == len(words):
        return open_console(session)
    return run_command(session, words[at], words[at + 1 :])


def _by_key(options: list[str], words: list[str]) -> int:
    """A session of the SSH server's; of the environment nothing is read before it is cleaned."""
    from console.way_in import own_environment, serve

    line = own_environment(os.environ)
    given = _options(options)
    if given.login:
        raise NotAllowed("--as is not taken in a session by a key: the key says who it is.")
    url = store_url(given.db)
    place_of_files(url)
    return serve(url, words, line)


def _options(words: list[str]) -> Namespace:
    parser = Parser(prog="disputes", usage=USAGE, add_help=False, allow_abbrev=False)
    parser.add_argument("--db", metavar="URL")
    parser.add_argument("--as", dest="login", metavar="LOGIN")
    parser.add_argument("--debug", action="store_true")
    add_screen_options(parser)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    return parser.parse_args(words)


def _command_at(words: list[str]) -> int:
    """Where the command's name stands: behind the options that come before it."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in ("--db", "--as", *WITH_VALUE) else 1
    return min(at, len(words))


def _help() -> str:
    lines = [
        f"usage: {USAGE}",
        "",
        "Settles disputes between buyers and sellers. Without a command, in a terminal, opens the console.",
        "",
    ]
    lines += [f"  {name:<10} {summary(name)}" for name in MODULES]
    lines += [
        "",
        "  --db URL    sqlite:///path or postgresql://…; else DISPUTES_DB, the settings, a file of your own",
        "  --as LOGIN  who acts, for a store that you open directly",
        "  --debug     write a traceback to a file when something goes wrong inside",
        f"  --color C   of the console: {', '.join(COLORS)}",
        "  --fps N     of the console: pictures a second at most; fewer suit a bad line",
        "  --plain     the console as lines to read and to answer, for a screen reader",
        "",
        "'disputes COMMAND --help' has the arguments and an example.",
        "Exit status: 0 done, 1 refused by a rule, 2 usage, 3 some rows rejected, 4 no right, 5 somebody else has it,",
        "6 the store cannot be used.",
    ]
    return "\n".join(lines)


def _told(error: DeskError) -> int:
    rule = f"refused ({error.rule}): " if isinstance(error, Refused) else ""
    tell(f"disputes: {rule}{visible(str(error), multiline=True)}")
    return error.exit_status


if __name__ == "__main__":
    sys.exit(main())
