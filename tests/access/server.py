"""An OpenSSH server of the test's own on the loopback address, the desk behind it, and clients of it."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import pytest

from tests.command_line.run import ROOT, Ended, looked_at

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
CLIENT = shutil.which("ssh")
TROUBLE = 255
"""The client's own status: no session came about."""
CONNECTION = "198.51.100.7 5022 192.0.2.1 22"
PATIENCE_SECONDS = 60.0
COUNTS_PROCESSES = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are counted in /proc")

START = """\
#!{python} -I
import sys
sys.path.insert(0, {root!r})
from console.__main__ import main
sys.exit(main())
"""
"""As `python -I -m console`, of this very checkout: what the session imports is not the client's to choose."""

CONFIGURATION = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile none
AuthorizedKeysCommand /usr/bin/env PYTHONPATH={root} {python} -m console --db {url} authorized-keys \
--user %u --program {start} %f
AuthorizedKeysCommandUser {user}
# Else bash, which runs the command, first reads what whoever owns the account has in .bashrc, and says what it says.
SetEnv SHLVL=1
AcceptEnv LANG LC_* TEXTUAL_* DISPUTES_* PYTHON* XDG_* COLORTERM NO_COLOR HOME TERMINFO
AllowAgentForwarding yes
AllowTcpForwarding yes
X11Forwarding yes
ExposeAuthInfo yes
Subsystem sftp /usr/lib/openssh/sftp-server
MaxStartups 100
LogLevel DEBUG1
"""
"""As careless as a server can be: what keeps people inside is the key's line and the program behind it."""


@dataclass(frozen=True)
class Server:
    folder: Path
    url: str
    port: int
    process_id: int = 0

    @property
    def log(self) -> str:
        return (self.folder / "sshd.log").read_text(errors="replace")

    @property
    def start(self) -> Path:
        """What the keys' lines start."""
        return self.folder / "start"

    def new_key(self, name: str) -> Path:
        """The public half of a key under that name, in place of an older one."""
        path = self.key_of(name)
        path.unlink(missing_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True)
        return path.with_suffix(".pub")

    def command(
        self, login: str, *words: str, options: Sequence[str] = (), program: str = "ssh", port: int = 0
    ) -> list[str]:
        """A client's command line, which takes nothing from the person who runs the tests; `port` of a line between."""
        settings = {
            "IdentitiesOnly": "yes", "IdentityAgent": "none", "BatchMode": "yes", "LogLevel": "ERROR",
            "StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null",
        }  # fmt: skip
        said = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        place = ["-o", f"Port={port or self.port}"]
        target = ["127.0.0.1"] if program == "ssh" else []
        return [program, "-F", "/dev/null", "-i", str(self.key_of(login)), *said, *place, *options, *target, *words]

    def sessions(self) -> list[str]:
        """What still runs of what the server started for this desk."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):  # it has just ended
                words = path.read_bytes().decode(errors="replace").split("\0")
                if "ssh-session" in words and self.url in words:
                    found.append(path.parent.name)
        return found

    def children(self) -> list[str]:
        """The server's own, one for each connection that it still has or has not yet buried."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, parent = path.read_text(errors="replace").rpartition(")")[2].split()[:2]
                if parent == str(self.process_id):
                    found.append(f"{path.parent.name} {state}")
        return found

    def until_gone(self) -> None:
        """Wait until nothing is left of any connection: no session, no process of the server's for it, no zombie."""
        end = monotonic() + PATIENCE_SECONDS
        while left := self.sessions() + self.children():
            assert monotonic() < end, left

    def key_of(self, login: str) -> Path:
        return self.folder / login

    def session(
        self, login: str, line: str, *, stdin: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> Ended:
        """What the server starts for them, without the server; `environment` is what it would have let through."""
        listed = subprocess.run(["ssh-keygen", "-lf", f"{self.key_of(login)}.pub"], capture_output=True, check=True)
        done = subprocess.run(
            [self.start, "--db", self.url, "ssh-session", listed.stdout.split()[1].decode()],
            env={"SSH_ORIGINAL_COMMAND": line, "SSH_CONNECTION": CONNECTION, **(environment or {})},
            cwd=self.folder, input=stdin, capture_output=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
        return looked_at(Ended(done.returncode, done.stdout.decode(), done.stderr.decode()), ("csv",))

    def ssh(self, login: str, *words: str, stdin: bytes = b"", options: Sequence[str] = ()) -> Ended:
        """`words` reach the server as the client joins them: with spaces, unquoted."""
        command = self.command(login, *words, options=options)
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def server(folder: Path, store: Path, more: str = "") -> Iterator[Server]:
    """A server for the store, whose people come in by the keys that it holds; `more` stands in its configuration."""
    assert SSHD is not None
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # it locks itself in there, and does not make it
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    opened = Server(folder, f"sqlite:///{store}", port)
    opened.new_key("host")
    opened.start.write_text(START.format(python=sys.executable, root=str(ROOT)))
    opened.start.chmod(0o755)
    values = {
        "port": port, "folder": folder, "root": ROOT, "python": sys.executable, "url": opened.url,
        "user": pwd.getpwuid(os.getuid()).pw_name, "start": shlex.join([str(opened.start), "--db", opened.url]),
    }  # fmt: skip
    values["start"] = f'"{values["start"]}"'
    (folder / "sshd_config").write_text(CONFIGURATION.format(**values) + more)
    process = subprocess.Popen([SSHD, "-D", "-E", folder / "sshd.log", "-f", folder / "sshd_config"])
    try:
        while not _listens(port):
            with suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"sshd ended with {process.wait(0.05)}:\n{opened.log}")
        yield replace(opened, process_id=process.pid)
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True
