"""What a client may ask for, word by word; and the account's own shell, which takes a key's line and nothing else."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.by_key import check_command, commands_of
from console.way_in import asked_for, own_environment
from models.actor import Actor
from models.errors import DeskError, Misused, NotAllowed
from models.vocabulary import Role
from tests.access.samples import ED25519, FINGERPRINTS, OTHER
from tests.access.server import PATIENCE_SECONDS
from tests.command_line.run import ROOT, in_process

SHELL = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
from console.login_shell import main
raise SystemExit(main())
"""
WORDS = st.sampled_from(
    ["count", "claim", "disputes", "--as", "sue", "--db", "--plain", "--color", "16", ";", "$(id)", "`id`", "'", '"',
     "\\", "\n", "&&", "|", ">", "ssh-session", "sh", "\x00", "\x1b", "\x85", "-", "--", "#", "agents"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)), st.sampled_from(list(Role)))
def test_whatever_is_asked_for_is_of_the_closed_list_or_refused(line: str, role: Role) -> None:
    try:
        words, options = asked_for(line)
        if words:
            check_command(words[0], Actor("eve", role))
    except (Misused, NotAllowed):
        return
    assert not words or words[0] in commands_of(role)
    assert set(options) <= {"color", "fps", "plain"} and not (words and options)


def test_a_command_line_has_an_end() -> None:
    with pytest.raises(DeskError, match="longer than"):
        asked_for("note C1 " + "x" * 70_000)


def test_of_the_environment_the_terminal_alone_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "umask", lambda mask: 0)
    monkeypatch.setattr("resource.setrlimit", lambda which, limits: None)
    environ = {
        "SSH_ORIGINAL_COMMAND": "count", "SSH_CONNECTION": "a b", "SSH_TTY": "/dev/pts/1", "SSH_AUTH_SOCK": "/tmp/x",
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": "/evil", "LD_PRELOAD": "x", "DISPUTES_DB": "y",
        "TEXTUAL_PRESS": "d", "XDG_CONFIG_HOME": "/evil", "LC_ALL": "x", "DISPLAY": ":0", "PYTHONPATH": "/evil",
    }  # fmt: skip
    assert own_environment(environ).original == "count"
    assert set(environ) == {
        "SSH_CONNECTION", "SSH_TTY", "TERM", "COLORTERM", "HOME", "USER", "LOGNAME", "PATH", "LANG",
    }  # fmt: skip
    assert environ["HOME"] != "/evil"
    for trick in ("../../x", "xterm;id", "x" * 40, "-x", "a\nb", ""):
        environ["TERM"] = environ["COLORTERM"] = trick
        own_environment(environ)
        assert "TERM" not in environ and "COLORTERM" not in environ


TRICKS = st.one_of(st.text(), st.sampled_from(["xterm", "screen.xterm-256color", "24bit", "\x1b]0;x\x07", "a\nb"]))
NAMES = st.one_of(
    st.text(min_size=1),
    st.sampled_from(["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "COLUMNS", "TEXTUAL_PRESS", "PYTHONPATH",
                     "SSH_USER_AUTH", "SSH_CLIENT", "DISPUTES_DB", "DISPUTES_FILES", "HOME", "PATH", "SHELL"]),
)  # fmt: skip


@given(st.dictionaries(NAMES, TRICKS))
@settings(max_examples=200)
def test_whatever_stands_in_the_environment_only_harmless_words_of_a_terminal_stay(environ: dict[str, str]) -> None:
    given = dict(environ)
    with pytest.MonkeyPatch.context() as patch:  # this process goes on, and writes for others
        patch.setattr(os, "umask", lambda mask: 0)
        patch.setattr("resource.setrlimit", lambda which, limits: None)
        own_environment(environ)
    ours = {name: environ.pop(name) for name in ("HOME", "USER", "LOGNAME", "PATH", "LANG")}
    assert ours["PATH"] == "/usr/bin:/bin" and ours["LANG"] == "C.UTF-8"
    assert set(environ) <= {"TERM", "COLORTERM", "NO_COLOR"}
    for name, value in environ.items():
        assert given[name] == value and value.isprintable() and len(value) <= 40


@contextmanager
def vouched(*keys: str) -> Iterator[str]:
    """As the server says by which key somebody came in."""
    path = Path("/tmp") / f"sshauth.{secrets.token_hex(8)[:15]}"
    path.write_text("".join(f"publickey {key}\n" for key in keys))
    try:
        yield str(path)
    finally:
        path.unlink()


def shell(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", SHELL, *words],
        env=env, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip


@pytest.fixture
def line(sqlite_url: str) -> str:
    """The forced command of Anna, whose key is not the only one."""
    assert in_process(sqlite_url, "init").status == 0
    for login, key in (("anna", ED25519), ("ben", OTHER)):
        assert in_process(
            sqlite_url, "agents", "add", login, "--name", login, "--role", "agent", "--key", "-", stdin=key
        ).status == 0  # fmt: skip
    return shlex.join(["/opt/any program", "--db", sqlite_url, "ssh-session", FINGERPRINTS[ED25519]])


def test_the_shell_runs_a_keys_line_for_the_key_that_the_server_saw(line: str) -> None:
    with vouched(ED25519) as said:
        done = shell("-c", line, SSH_USER_AUTH=said, SSH_ORIGINAL_COMMAND="count --format json")
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"cases": 0, "money": {}}\n', "")


def test_a_line_for_somebody_elses_key_is_refused(line: str) -> None:
    with vouched(OTHER) as said:
        done = shell("-c", line, SSH_USER_AUTH=said, SSH_ORIGINAL_COMMAND="count")
    assert done.returncode == 4 and "another key" in done.stderr and done.stdout == ""


@pytest.mark.parametrize("said", [None, "/tmp/sshauth.000000000000000", "/etc/passwd", ""])
def test_without_the_servers_word_nobody_comes_in(line: str, said: str | None, tmp_path: Path) -> None:
    env = {} if said is None else {"SSH_USER_AUTH": said}
    done = shell("-c", line, SSH_ORIGINAL_COMMAND="count", **env)
    assert done.returncode == 4 and done.stdout == ""
    own = tmp_path / "sshauth.000000000000000"
    own.write_text(f"publickey {ED25519}\n")
    assert shell("-c", line, SSH_ORIGINAL_COMMAND="count", SSH_USER_AUTH=str(own)).returncode == 4, "a file handed in"


@pytest.mark.parametrize(
    "words",
    [(), ("-l",), ("-c",), ("-c", "id"), ("-c", "sh -c 'ssh-session x'"), ("-c", "ssh-session"), ("-c", "'"),
     ("x", "y"), ("-i", "x ssh-session SHA256:x")],
)  # fmt: skip
def test_the_shell_is_none(words: tuple[str, ...]) -> None:
    done = shell(*words, SSH_USER_AUTH="/tmp/sshauth.000000000000000")
    assert done.returncode == 4 and done.stdout == "" and "good for nothing else" in done.stderr
