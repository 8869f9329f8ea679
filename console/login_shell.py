"""The service account's shell: it runs what a key's line says, and nothing else.

The SSH server hands every command to the account's own shell, and an ordinary one obeys variables before it comes to
the command. This one is named in /etc/passwd by a file of three lines, so that Python too is deaf to the environment:

    #!/opt/disputes/bin/python -I
    from console.login_shell import main
    raise SystemExit(main())

It needs `ExposeAuthInfo yes`: a key whose line has lost its forced command would let its owner write that command,
with somebody else's key in it; so the server must say itself which key was used.
"""

from __future__ import annotations

import os
import shlex
import sys

from console.__main__ import main as run
from console.session import SSH_SESSION
from console.streams import steady, tell

REFUSED = 4


def main(argv: list[str] | None = None) -> int:
    """The session's exit status; 4 for whatever is no session of ours."""
    steady()
    session = _session(sys.argv[1:] if argv is None else argv)
    if session is None:
        tell("disputes: This account lets people in by the desk's keys, and is good for nothing else.")
        return REFUSED
    if "SSH_USER_AUTH" not in os.environ:
        tell("disputes: The server does not say by which key: it needs 'ExposeAuthInfo yes' for this account.")
        return REFUSED
    return run(session)


def _session(words: list[str]) -> list[str] | None:
    """`-c "PROGRAM … [--db URL] ssh-session KEY"`: which program is ours to know, and none is started."""
    try:
        (option, command) = words
        forced = shlex.split(command)
    except ValueError:
        return None
    if option != "-c" or forced[-2:-1] != [SSH_SESSION]:
        return None
    return [*(forced[-4:-2] if forced[-4:-3] == ["--db"] else []), *forced[-2:]]
