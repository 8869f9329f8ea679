"""The three streams of a process: pipes that close, disks that are full, a locale without UTF-8, no stream at all."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from console.session import system_login
from tests.command_line.run import ROOT, in_process, process

COMMAND = f"{shlex.quote(sys.executable)} -m console"


def shell(script: str, url: str, **env: str) -> tuple[int, str]:
    """What a shell line ends with, and everything it said. `$d` is the command."""
    done = subprocess.run(
        ["sh", "-c", script.replace("$d", COMMAND)],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "DISPUTES_DB": url, **env},
        timeout=120,
        check=False,
    )
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said and "Exception ignored" not in said and "went wrong" not in said, said
    return done.returncode, said


def served(desk: Path) -> str:
    """The store's URL, with the user of this process as a supervisor: `--as` is not what is tried here."""
    url = f"sqlite:///{desk}"
    assert in_process(url, "agents", "add", system_login(), "--name", "Me", "--role", "supervisor").status == 0
    return url


def test_a_reader_who_leaves_early_ends_the_command_quietly(desk: Path) -> None:
    url = served(desk)
    scripts = (
        "($d queue all --format csv; echo $? >&2) | head -n 1",
        "($d show C10; echo $? >&2) | true",
        "($d --help; echo $? >&2) | true",
        "($d queue --help; echo $? >&2) | head -c 10",
    )
    with ThreadPoolExecutor(2) as two:
        for script, (_, said) in zip(scripts, two.map(lambda each: shell(each, url), scripts), strict=True):
            assert said.endswith("0\n"), script


def test_a_full_disk_and_missing_streams_are_told_in_a_sentence_or_not_at_all(desk: Path) -> None:
    url = served(desk)
    full = "disputes: Standard output cannot be written: No space left on device.\n"
    expected = {
        "$d queue all >/dev/full": (2, full),
        "$d --help >/dev/full": (2, full),
        "$d claim C1 >/dev/full": (2, full),
        "$d queue all >&-": (0, ""),
        "$d claim C2 2>&-": (0, None),
        "$d nothing 2>&-": (2, ""),
        "$d nothing 2>/dev/full": (2, ""),
        "$d note C1 - <&-": (1, "disputes: refused (text): 'note' needs a text.\n"),
        "$d <&-": (2, None),
        "printf 'a\\377' | $d note C1 -": (2, None),
    }
    with ThreadPoolExecutor(2) as two:
        found = dict(zip(expected, two.map(lambda script: shell(script, url), expected), strict=True))
    for script, (status, said) in expected.items():
        assert found[script][0] == status, (script, found[script])
        assert said is None or found[script][1] == said, (script, found[script])


def test_output_is_utf_8_whatever_the_locale_says(desk: Path) -> None:
    url = served(desk)
    env = {"DISPUTES_DB": url, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    assert process("note", "C1", "-", stdin="żółw 漢字".encode(), env=env).status == 0
    assert "żółw 漢字" in process("show", "C1", env=env).out
    assert "żółw 漢字" in process("show", "C1", "--format", "json", env=env).out


def test_without_a_terminal_there_is_no_screen_but_the_home_view_as_text(desk: Path) -> None:
    url = served(desk)
    process(env={"DISPUTES_DB": url}).refused(2, "needs a terminal", "disputes queue")
    assert "Overdue seller responses" in process("queue", env={"DISPUTES_DB": url, "NO_COLOR": "1"}).out
