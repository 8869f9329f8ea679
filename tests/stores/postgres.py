"""A PostgreSQL server of the tests' own, from the installed binaries: no port, no account, nothing left behind."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, TypedDict

import psycopg
from psycopg import sql

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "log_checkpoints": "off",
    "log_min_messages": "log",
    "shared_buffers": "32MB",
    "max_connections": "120",
}
"""Nothing here has to survive the machine; what one transaction does to another is the same as ever."""


READY = b"ready to accept connections"
PR_SET_PDEATHSIG = 1


class _User(TypedDict, total=False):
    """What `subprocess` is told of whom to run as."""

    user: int
    group: int
    extra_groups: list[int]


def binaries() -> Path | None:
    """The folder of the newest server that is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True, slots=True)
class Server:
    folder: Path
    """Holds the socket."""
    _numbers: Iterator[int]

    def url(self, name: str) -> str:
        """Where a client finds the database `name`."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """The name of a database nobody has used yet."""
        name = f"desk_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Whoever is still connected is thrown out."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, command: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


@contextmanager
def server(programs: Path, settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """A server that runs within the block. It ends with this process too, however that ends."""
    # A socket's path has room for about a hundred bytes, and pytest's own folders are long.
    with tempfile.TemporaryDirectory(prefix="desk-pg-", dir="/tmp" if Path("/tmp").is_dir() else None) as name:
        folder = Path(name)
        who = _ordinary_user(folder)
        _initialised(programs, folder, who)
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *_options(settings)],
            cwd=folder,
            stderr=subprocess.PIPE,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            **who,
        )
        assert process.stderr is not None
        with process.stderr:
            reader = _wait_until_ready(process.stderr)
            try:
                yield Server(folder, count(1))
            finally:
                process.send_signal(signal.SIGQUIT)
                process.wait()
                reader.join()


def _initialised(programs: Path, folder: Path, who: _User) -> None:
    command = f"{programs / 'initdb'} -D {folder / 'data'} -U postgres -A trust -E UTF8 --no-sync".split()
    for locale in ("C.UTF-8", "C"):  # not every system has the first
        done = subprocess.run([*command, f"--locale={locale}"], cwd=folder, capture_output=True, check=False, **who)
        if done.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {done.stderr.decode(errors='replace')}")


def _options(settings: Mapping[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _ordinary_user(folder: Path) -> _User:
    """What makes the server run as somebody else than root, which it refuses; the folder becomes theirs."""
    if os.getuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """A killed test run takes its server along."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(log: IO[bytes]) -> threading.Thread:
    """Reads the log up to the line that says so, and then on in a thread, so that the server never waits for us."""
    said: list[bytes] = []
    for line in log:
        said.append(line)
        if READY in line:
            reader = threading.Thread(target=lambda: all(log), daemon=True)
            reader.start()
            return reader
    raise RuntimeError(f"The PostgreSQL server did not start: {b''.join(said).decode(errors='replace')}")
