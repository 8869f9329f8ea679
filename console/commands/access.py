"""What the SSH server asks: which keys open, and what for."""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from urllib.parse import quote

from console.command import Command
from console.output.sink import say
from console.session import SSH_SESSION, Session, system_login
from console.settings import settings
from models.errors import Misused
from models.text import visible


def authorized_keys(session: Session, given: Namespace) -> int:
    """Needs no person of the desk: whoever asks for the server can read the store, and reads nothing but this."""
    from models.database import location, open_store
    from models.queries.agents import keys_in_use

    fingerprint, blob = _asked(given.key)
    place = location(session.url)
    program = _words(given.program) if given.program else _own_program(session.url, place.path, place.shown)
    open_store(session.url)
    if given.user is not None and given.user != _account(place.path):
        return 0
    for key in keys_in_use(fingerprint=fingerprint, blob=blob):
        say(f"{_options([*program, SSH_SESSION, key.fingerprint])} {key.kind} {key.blob} {visible(key.login)}")
    return 0


def _options(command: list[str]) -> str:
    """A terminal and this one command; the account's shell will take its words apart again."""
    quoted = shlex.join(command)
    if not quoted.isprintable():
        raise Misused("The way to this program or to the store holds a control character: no line can hold it.")
    quoted = quoted.replace('"', '\\"')
    return f'restrict,pty,command="{quoted}"'


def _own_program(url: str, path: Path | None, shown: str) -> list[str]:
    """This very program on this very store, deaf to what the environment of whoever comes in says to Python."""
    program = [sys.executable, "-I", "-m", "console"]
    if path is not None:
        return [*program, "--db", f"sqlite:///{quote(str(path))}"]
    if shown == url:
        return [*program, "--db", url]
    if settings().db == url:
        return program
    raise Misused("The lines would show the store's password: keep it in .pgpass, or the whole URL in the settings.")


def _words(program: str) -> list[str]:
    try:
        return shlex.split(program)
    except ValueError:
        raise Misused(f"'{program}' is no command: a quote is left open.") from None


def _account(path: Path | None) -> str:
    """Whose account the lines are for: anybody else's would be opened by them too."""
    return path.owner() if path is not None else system_login()


def _asked(words: list[str]) -> tuple[str, str]:
    match words:
        case []:
            return "", ""
        case [fingerprint] if fingerprint.startswith("SHA256:"):
            return fingerprint, ""
        case [_, blob] if blob:
            return "", blob
    raise Misused("One key is asked for by its fingerprint, SHA256:…, or by its type and itself.")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "key", nargs="*", metavar="KEY", help="only this key: its fingerprint (%%f), or its type and itself (%%t %%k)"
    )
    parser.add_argument("--user", metavar="U", help="(%%u) nothing is printed unless the store is of this account")
    parser.add_argument("--program", metavar="COMMAND", help="what starts this program, if not the one that runs now")


COMMANDS = {
    "authorized-keys": Command(
        "disputes authorized-keys --user desk SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
        authorized_keys,
        _arguments,
        who="whoever can read the store",
    )
}
