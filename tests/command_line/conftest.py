"""A store with people and cases, made once by the command itself and copied for each test."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.command_line.cases import ROWS, write_cases
from tests.command_line.run import Disputes, in_process


def populate(disputes: Disputes, folder: Path) -> None:
    """Sue keeps the desk, Anna and Ben work it, Ada audits it; every case is in."""
    assert disputes("init", "--name", "Sue").status == 0
    for login, role in (("anna", "agent"), ("ben", "agent"), ("tom", "supervisor"), ("ada", "auditor")):
        assert disputes("agents", "add", login, "--name", login.title(), "--role", role).status == 0
    ended = disputes("import", write_cases(folder))
    assert ended.status == 0 and f"{len(ROWS)} were created" in ended.out, ended


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    populate(partial(in_process, f"sqlite:///{folder / 'desk.db'}"), folder)
    return folder / "desk.db"


@pytest.fixture
def desk(desk_template: Path, tmp_path: Path) -> Path:
    """The file of a store with people and cases."""
    return Path(shutil.copy(desk_template, tmp_path / "desk.db"))


@pytest.fixture
def url(desk: Path) -> str:
    return f"sqlite:///{desk}"


@pytest.fixture
def disputes(url: str) -> Disputes:
    """The command on that store."""
    return partial(in_process, url)
