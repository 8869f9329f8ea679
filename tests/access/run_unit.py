"""Runs a systemd service of the kind `oneshot` as systemd would, as far as its account, environment and commands go."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path


def main(path: Path) -> int:
    """The status of the first command that failed where it must not; 0 where none did."""
    lines = [line.partition("=") for line in path.read_text("utf-8").splitlines() if line[:1] not in ("#", "[", "")]
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8"}
    environment |= dict(value.split("=", 1) for name, _, value in lines if name == "Environment")
    settings = {name: value for name, _, value in lines}
    account = settings["User"]
    with ExitStack() as stack:
        kind, _, target = settings.get("StandardOutput", "inherit").partition(":")
        umask = int(settings["UMask"], 8)
        opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666 & ~umask) if kind == "append" else None
        output = stack.enter_context(os.fdopen(opened, "ab")) if opened is not None else None
        for command in (value for name, _, value in lines if name in ("ExecStart", "ExecStartPost")):
            words = [word.replace("$$", "$").replace("%%", "%") for word in shlex.split(command.removeprefix("-"))]
            done = subprocess.run(
                words, env=environment, stdin=subprocess.DEVNULL, stdout=output, cwd="/", umask=umask,
                user=account, group=account, extra_groups=[], check=False,
            )  # fmt: skip
            if done.returncode and not command.startswith("-"):
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
