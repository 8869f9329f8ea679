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
import sys
import threading
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from time import sleep

from console.by_key import check_command, commands_of, roles_of
from console.output.sink import say
from console.session import Session
from console.streams import tell
from console.version import version
from models.actor import Actor
from models.errors import DeskError, Misused, NotAllowed
from models.text import visible

LONGEST = 64 * 1024
"""Signs of a command line; longer texts come through standard input."""
LOOK_AGAIN_SECONDS = 1.0
"""How soon a command that runs on hears that its person was disabled."""
_TERM = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9+.-]{0,30}")
_THEIRS = {"COLORTERM": re.compile("truecolor|24bit"), "NO_COLOR": re.compile("."), "TERM": _TERM}
"""What the terminal says of itself, and how it may say it. Of all else, nothing of a client's is kept."""
_SERVERS = ("SSH_CONNECTION", "SSH_TTY")

Run = Callable[[Session, str, list[str]], int]


def own_environment(environ: MutableMapping[str, str]) -> str:
    """Leave nothing in `environ` that a client could have put there; the command line that they asked for."""
    original = environ.get("SSH_ORIGINAL_COMMAND", "")
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
    return original


def serve(url: str, words: list[str], original: str, *, run: Run, console: Callable[[Session], int]) -> int:
    """Sign in whoever holds the key that `words` names, and do what `original` asks for; the exit status."""
    if len(words) != 1:
        raise Misused("'ssh-session' takes one key: it stands in the lines that 'disputes authorized-keys' prints.")
    try:
        asked = _words(original)
    except Misused:
        _sign_in(url, words[0], "unknown")
        raise
    what_for = "console" if not asked else asked[0] if roles_of(asked[0]) else "unknown"
    session, actor = _sign_in(url, words[0], what_for)
    if not asked:
        return console(session)
    if asked[0] in ("help", "--help", "-h", "--version"):
        say(f"disputes {version()}" if asked[0] == "--version" else _help(actor))
        return 0
    try:
        check_command(asked[0], actor.role, actor.login)
    except NotAllowed as refusal:
        from models.operations.signing_in import note_refusal

        note_refusal(actor, refusal)
        raise
    threading.Thread(target=_end_when_turned_out, args=(url, actor), name="presence", daemon=True).start()
    return run(session, asked[0], asked[1:])


def _sign_in(url: str, key: str, what_for: str) -> tuple[Session, Actor]:
    from models.database import open_store
    from models.operations.signing_in import sign_in

    open_store(url)
    session = Session(url, "", key)
    origin = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
    actor = sign_in(key, session=session.token, what_for=what_for, origin=origin)
    return Session(url, actor.login, key, session.token), actor


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
    from console.commands import command

    lines = [
        f"usage: ssh DESK COMMAND …, as {visible(actor.login)} ({actor.role}). Without a command: the console.",
        "",
    ]
    lines += [f"  {name:<10} {command(name).summary}" for name in commands_of(actor.role)]
    lines += [
        "",
        "'COMMAND --help' has the arguments. The words are read once more on the server: quote the whole,",
        "ssh DESK \"note C1 'two words'\". Files: - for FILE and '< FILE' to hand in, '> FILE' to take out.",
    ]
    return "\n".join(lines)


def _end_when_turned_out(url: str, actor: Actor) -> None:
    """A command that takes long ends like a console does when its person is disabled or their key replaced."""
    from models.database import open_store
    from models.operations.presence import present

    while True:
        sleep(LOOK_AGAIN_SECONDS)
        try:
            with suppress(OSError):
                open_store(url)
                present(actor)
        except NotAllowed as refusal:
            tell(f"disputes: {visible(str(refusal))}")
            sys.stderr.flush()
            os._exit(refusal.exit_status)
        except DeskError:
            pass  # the command itself says what is wrong with the store
