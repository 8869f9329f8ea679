"""A desk behind an SSH server: its people, each with a key of their own, and its cases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.server import CLIENT, SSHD, Server, server
from tests.command_line.conftest import desk_template  # noqa: F401 - the same people and cases
from tests.command_line.run import in_process


@pytest.fixture(scope="module")
def host(desk_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:  # noqa: F811
    if SSHD is None or CLIENT is None:
        pytest.skip("no OpenSSH server or client is installed here (sshd is neither in /usr/sbin nor in PATH)")
    folder = tmp_path_factory.mktemp("ssh")
    with server(folder, Path(shutil.copy(desk_template, folder / "desk.db"))) as opened:
        for login in ("sue", "anna", "ben", "ada"):
            assert in_process(opened.url, "agents", "key", login, opened.new_key(login)).status == 0
        yield opened
