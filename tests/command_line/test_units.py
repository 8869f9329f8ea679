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
BACKUP, NIGHTLY = UNITS / "disputes-backup.service", UNITS / "disputes-backup.timer"
SEAL, SEALING = UNITS / "disputes-seal.service", UNITS / "disputes-seal.timer"


def unit(path: Path) -> ConfigParser:
    """Of a line that may stand twice, the last."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
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


def test_the_backup_runs_a_command_of_ours_and_keeps_one_a_day() -> None:
    service = unit(BACKUP)["Service"]
    shell, option, said = shlex.split(service["ExecStart"].replace("$$", "$").replace("%%", "%"))
    words = shlex.split(said)
    assert (shell, option, words[:4]) == ("/bin/sh", "-c", ["exec", "/opt/disputes/bin/disputes", "--as", "backup"])
    file = subprocess.run(
        ["sh", "-c", f"echo {' '.join(words[5:])}"], capture_output=True, text=True, check=True
    ).stdout
    parser = ArgumentParser()
    command(words[4]).arguments(parser)
    assert parser.parse_args([file.strip()]).file.parent == Path("/var/backups/disputes")
    assert service["ReadWritePaths"].split() == ["/srv/disputes", "/var/backups/disputes"]


def test_the_service_may_write_its_store_and_nothing_else() -> None:
    service = unit(SERVICE)["Service"]
    name, url = service["Environment"].split("=", 1)
    store = location(url).path
    assert name == "DISPUTES_DB" and store is not None
    assert (service["ProtectSystem"], service["ReadWritePaths"]) == ("strict", str(store.parent))


def test_a_seal_goes_where_the_account_of_the_store_cannot_change_it() -> None:
    service = unit(SEAL)["Service"]
    assert shlex.split(service["ExecStart"]) == ["/opt/disputes/bin/disputes", "--as", "seal", "audit", "seal"]
    how, _, file = service["StandardOutput"].partition(":")
    assert how == "append" and not Path(file).is_relative_to(service["ReadWritePaths"])


@pytest.mark.parametrize(("timer", "service"), [(TIMER, SERVICE), (NIGHTLY, BACKUP), (SEALING, SEAL)])
def test_each_timer_is_its_services_and_makes_up_for_what_it_missed(timer: Path, service: Path) -> None:
    said = unit(timer)
    assert (timer.stem, said["Timer"]["Persistent"], said["Install"]["WantedBy"]) == (
        service.stem,
        "yes",
        "timers.target",
    )


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze is installed here")
    units = sorted(UNITS.iterdir())
    for path in units:
        text = path.read_text(encoding="utf-8").replace("/opt/disputes/bin/disputes", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / path.name) for path in units)],
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
