"""A session that came in by a key. Who it is stands in the key's line on the server; nothing else is asked or believed.

`ssh desk` opens the console. `ssh desk COMMAND …` runs a command of the closed list: its words are taken apart here,
and no shell, no other program and no file of the server is ever reached by them.
"""

from __future__ import annotations

import os
import pwd
import re
import resource
import shlex
from base64 import b64decode
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from console.by_key import commands_of, roles_of
from console.opening import open_console
from console.output.sink import say
from console.running import Parser, run_command
from console.screen_options import NAMES, add_screen_options, screen_options
from console.session import Session
from console.turned_out import end_when_turned_out
from console.version import VERSION
from models.actor import Actor
from models.dataclass import dataclass
from models.errors import Misused, NotAllowed
from models.rules.public_keys import fingerprint_of
from models.text import visible

LONGEST = 64 * 1024
"""Signs of a command line; longer texts come through standard input."""
_TERM = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9+.-]{0,30}")
_THEIRS = {"COLORTERM": re.compile("truecolor|24bit"), "NO_COLOR": re.compile("[!-~]{1,20}"), "TERM": _TERM}
"""What the terminal says of itself, and how it may say it. Of all else, nothing of a client's is kept."""
_AUTH_INFO = re.compile(r"/tmp/sshauth\.[A-Za-z0-9]{15}")  # noqa: S108 - where OpenSSH writes it
_SERVERS = ("SSH_CONNECTION", "SSH_TTY")


@dataclass(frozen=True, slots=True)
class Line:
    """What came in with a session."""

    original: str
    """The command line that was asked for; empty for the console."""
    keys: frozenset[str] | None = None
    """The fingerprints that the server itself says were used, with `ExposeAuthInfo`; None where it does not say."""


def own_environment(environ: MutableMapping[str, str]) -> Line:
    """Leave nothing in `environ` that a client could have put there; what is to be known of it before."""
    line = Line(environ.get("SSH_ORIGINAL_COMMAND", ""), _vouched_for(environ.get("SSH_USER_AUTH")))
    kept = {name: environ[name] for name in _SERVERS if name in environ}
    kept |= {name: environ[name] for name, form in _THEIRS.items() if form.fullmatch(environ.get(name, ""))}
    account = pwd.getpwuid(os.getuid())
    environ.clear()
    environ.update(kept)
    environ.update(
        HOME=account.pw_dir, USER=account.pw_name, LOGNAME=account.pw_name, PATH="/usr/bin:/bin", LANG="C.UTF-8"
    )
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no memory image
    return line


def _vouched_for(path: str | None) -> frozenset[str] | None:
    """No file of another name counts: people hand in files, and could hand in this one."""
    if path is None:
        return None
    found = set()
    with suppress(OSError, ValueError):
        if not _AUTH_INFO.fullmatch(path):
            return frozenset()
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), encoding="ascii") as said:
            for method, _, *key in (each.split(" ") for each in said.read(LONGEST).splitlines()):
                if method == "publickey" and key:
                    found.add(fingerprint_of(b64decode(key[0])))
    return frozenset(found)


def serve(url: str, words: list[str], line: Line) -> int:
    """Sign in whoever holds the key that `words` names, and do what `line` asks for; the exit status."""
    if len(words) != 1:
        raise Misused("'ssh-session' takes one key: it stands in the lines that 'disputes authorized-keys' prints.")
    if line.keys is not None and words[0] not in line.keys:
        raise NotAllowed("The server let you in by another key than the one that its line names.")
    try:
        asked, options = asked_for(line.original)
    except Misused:
        _sign_in(url, words[0], "unknown", {})
        raise
    what_for = "console" if not asked else asked[0] if roles_of(asked[0]) else "unknown"
    session, actor = _sign_in(url, words[0], what_for, options)
    if not asked:
        return open_console(session)
    if asked[0] in ("help", "--help", "-h", "--version"):
        say(f"disputes {VERSION}" if asked[0] == "--version" else _help(actor))
        return 0
    end_when_turned_out(url, actor)
    return run_command(session, asked[0], asked[1:])


def asked_for(original: str) -> tuple[list[str], dict[str, Any]]:
    """The command's words; or none, and how the console is to look."""
    words = _words(original)
    if not words or words[0].partition("=")[0] not in NAMES:
        return words, {}
    parser = Parser(prog="disputes", add_help=False, allow_abbrev=False)
    add_screen_options(parser)
    return [], screen_options(parser.parse_args(words))


def _sign_in(url: str, key: str, what_for: str, options: dict[str, Any]) -> tuple[Session, Actor]:
    from models.database import open_store
    from models.operations.signing_in import sign_in

    open_store(url)
    session = Session(url, "", key)
    origin = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
    actor = sign_in(key, session=session.token, what_for=what_for, origin=origin)
    return Session(url, actor.login, key, session.token, options), actor


def _words(original: str) -> list[str]:
    if len(original) > LONGEST:
        raise Misused(f"The command line is longer than {LONGEST} signs: long texts come by - and standard input.")
    if any(sign not in "\n\t" and not sign.isprintable() and sign < "\xa0" for sign in original):
        raise Misused("The command line holds a control character: nothing was done.")
    try:
        words = shlex.split(original)
    except ValueError:
        raise Misused(
            "The command line leaves a quote open. Quote the whole once more: ssh desk \"note C1 'text'\"."
        ) from None
    return words[1:] if words[:1] == ["disputes"] else words


def _help(actor: Actor) -> str:
    from console.commands import summary

    lines = [
        f"usage: ssh DESK COMMAND …, as {visible(actor.login)} ({actor.role}). Without a command: the console.",
        "",
    ]
    lines += [f"  {name:<10} {summary(name)}" for name in commands_of(actor.role)]
    lines += [
        "",
        "The console as lines: 'ssh -t DESK disputes --plain'; '--color 16' and '--fps 5' there spare a bad line, and",
        "'ssh -C' does most of all. 'settings' keeps such wishes, and your time zone.",
        "'COMMAND --help' has the arguments. The words are read once more on the server: quote the whole,",
        "ssh DESK \"note C1 'two words'\". Files: - for FILE and '< FILE' to hand in, '> FILE' to take out.",
    ]
    return "\n".join(lines)
