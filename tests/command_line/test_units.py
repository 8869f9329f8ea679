"""The units for systemd run a command that exists, on a store that they may write, and systemd takes them."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from configparser import ConfigParser
from pathlib import Path

import pytest

from console.commands import command
from models.database import location
from tests.command_line.run import ROOT

UNITS = ROOT / "docs" / "systemd"
SERVICE, TIMER = UNITS / "disputes-sweep.service", UNITS / "disputes-sweep.timer"


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=True, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def test_the_service_runs_a_command_of_ours() -> None:
    program, name, *arguments = shlex.split(unit(SERVICE)["Service"]["ExecStart"])
    assert Path(program).is_absolute()
    assert Path(program).name in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    parser = ArgumentParser()
    command(name).arguments(parser)
    assert parser.parse_args(arguments).dry_run is False


def test_the_service_may_write_its_store_and_nothing_else() -> None:
    service = unit(SERVICE)["Service"]
    name, url = service["Environment"].split("=", 1)
    store = location(url).path
    assert name == "DISPUTES_DB" and store is not None
    assert (service["ProtectSystem"], service["ReadWritePaths"]) == ("strict", str(store.parent))


def test_the_timer_is_the_services_and_makes_up_for_what_it_missed() -> None:
    timer = unit(TIMER)
    assert (TIMER.stem, timer["Timer"]["Persistent"], timer["Install"]["WantedBy"]) == (
        SERVICE.stem,
        "yes",
        "timers.target",
    )


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze is installed here")
    for path in (SERVICE, TIMER):
        text = path.read_text(encoding="utf-8").replace("/opt/disputes/bin/disputes", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / path.name) for path in (SERVICE, TIMER))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_page_on_running_a_desk_names_both_and_only_what_exists() -> None:
    page = ROOT / "docs" / "running.md"
    text = page.read_text(encoding="utf-8")
    links = [part.split(")")[0].split("#")[0] for part in text.split("](")[1:]]
    assert {f"systemd/{path.name}" for path in (SERVICE, TIMER)} <= set(links)
    assert [link for link in links if not (page.parent / link).exists()] == []
    for line in text.splitlines():
        if line.startswith("    disputes "):
            name, *arguments = shlex.split(line, comments=True)[1:]
            parser = ArgumentParser()
            command(name).arguments(parser)
            parser.parse_args(arguments)
