"""The page on deployment, carried out from its first line to its last, on a host that is thrown away."""

from __future__ import annotations

import csv
import json
import os
import shlex
import shutil
import site
import socket
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.access.page import CASES, MORE, THEIRS, blocks
from tests.access.server import CLIENT, SSHD
from tests.command_line.run import ROOT

PRELUDE = Path(__file__).with_name("throwaway_host.sh")
NAMESPACE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"]
LONGEST_SECONDS = 300
BETWEEN = {
    1: "getent passwd disputes | cut -d: -f6,7; su disputes -c id && exit 1; stat -c '%U %a' /srv/disputes",
    3: """\
ssh desk help | head -n 1
ssh desk sh -c id && exit 1
ssh desk 'disputes --as sue count' && exit 1
cp decisions.csv /mnt/out/
""",
    4: "stat -c '%U %a' /var/lib/disputes-seals/seals.jsonl; ls -d /var/backups/disputes/*",
    7: """\
systemctl enable --now disputes-backup.timer disputes-seal.timer  # a night
cp /var/lib/disputes-seals/seals.jsonl /var/backups/disputes/erased.jsonl /mnt/out/
""",
    8: f"""\
grep -q {THEIRS} /srv/disputes/broken/store.db && exit 1
grep -rl {THEIRS} /srv/disputes/store.db* && exit 1
ssh desk count
""",
    9: "ssh desk count; ls -l /opt/disputes; stat -c '%U %a' /srv/disputes/store.db",
}
"""What is looked at behind a section."""


@dataclass(frozen=True, slots=True)
class Host:
    out: Path
    said: str
    errors: str
    status: int


def _needs() -> str | None:
    """Why no host can be thrown away here."""
    if os.geteuid() != 0:
        return "only root can make an account and a host of its own"
    missing = [name for name in (*NAMESPACE[:1], "useradd", "runuser", "bash") if shutil.which(name) is None]
    if missing or SSHD is None or CLIENT is None or not Path("/etc/debian_version").exists():
        return f"this is no Debian with an OpenSSH server; missing: {', '.join(missing) or 'nothing else'}"
    tried = subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    if tried.returncode:
        return f"no namespace of its own is allowed here: {tried.stderr.decode().strip()}"
    return None


def _set_up(out: Path) -> Host:
    """Carry the page out; what is kept of it lies in `out`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    values = {
        "python": f"bin/python3.{sys.version_info.minor}", "prefix": sys.base_prefix, "source": ROOT, "out": out,
        "port": port, "libraries": "\n".join(sorted(each for each in libraries if Path(each).is_dir())),
    }  # fmt: skip
    (config,) = blocks("sshconfig").values()
    config = config.replace("desk.example.org", "127.0.0.1").replace("~/.ssh", "/mnt/work")
    config += f"    Port {port}\n    BatchMode yes\n    LogLevel ERROR\n    StrictHostKeyChecking accept-new\n"
    config += "    UserKnownHostsFile /mnt/work/known_hosts\n"
    script = [f"{name}={shlex.quote(str(value))}" for name, value in values.items()]
    script += [f". {shlex.quote(str(PRELUDE))}"]
    for name, text in {"cases.csv": CASES, "more.csv": MORE, "config": config}.items():
        script += [f"cat >{name} <<'END_OF_FILE'", text.rstrip(), "END_OF_FILE"]
    script += ["ssh-keygen -q -t ed25519 -N '' -f id_ed25519; ssh-keygen -q -t ed25519 -N '' -f sue"]
    script += ["mv id_ed25519.pub anna.pub"]
    for section, text in blocks("sh").items():
        script += [f"echo '== {section}'", text, f"echo '-- {section}'", BETWEEN.get(section, "")]
    (out / "script").write_text("\n".join([*script, ""]))
    # Whatever happens, its processes end with the namespace, and with them everything that was mounted.
    done = subprocess.run(
        [*NAMESPACE, "bash", str(out / "script")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False, cwd="/",
    )  # fmt: skip
    return Host(out, done.stdout, done.stderr, done.returncode)


def part(host: Host, section: int, *, is_page: bool) -> str:
    """What a section of the page said, or what was looked at behind it."""
    page, _, rest = host.said.partition(f"== {section}\n")[2].partition(f"-- {section}\n")
    return page if is_page else rest.partition(f"== {section + 1}\n")[0]


def _every_step_works_in_its_order(host: Host) -> None:
    log = host.out / "sshd.log"
    assert host.status == 0, f"{host.said}\n{host.errors}\n{log.read_text() if log.exists() else 'no sshd'}"


def _the_account_is_good_for_nothing_else(host: Host) -> None:
    assert part(host, 1, is_page=False) == "/srv/disputes:/usr/local/sbin/disputes-shell\ndisputes 700\n"
    assert "good for nothing else" in host.errors
    assert "'sh' is no command" in host.errors and "'--as' is not taken here: by your key you are anna" in host.errors


def _people_come_in_by_their_keys_and_files_go_over_the_wire(host: Host) -> None:
    told = part(host, 3, is_page=True)
    assert told.count('restrict,pty,command="') == 2 and told.count("ssh-session SHA256:") == 2
    assert "1 rows; 1 were created" in told
    assert (
        part(host, 3, is_page=False) == "usage: ssh DESK COMMAND …, as anna (agent). Without a command: the console.\n"
    )
    assert "Accepted publickey for disputes" in (host.out / "sshd.log").read_text()
    with open(host.out / "decisions.csv", newline="", encoding="utf-8") as file:
        assert next(csv.reader(file))[:3] == ["case", "source", "ref"]


def _the_timers_do_their_work_and_seals_are_roots(host: Host) -> None:
    enabled = part(host, 4, is_page=True)
    assert "auto-escalate" in enabled and "0 evidence files in /var/backups/disputes/" in enabled
    owner, *backups = part(host, 4, is_page=False).splitlines()
    assert owner == "root 644" and [Path(each).suffix for each in backups] == [".tar", ".jsonl"]
    seals = [json.loads(line) for line in (host.out / "seals.jsonl").read_text().splitlines()]
    assert len(seals) == 2 and seals[0]["last"] < seals[1]["last"]
    assert "1 seals hold" in part(host, 5, is_page=True)


def _who_was_erased_does_not_come_back_and_nothing_else_is_lost(host: Host) -> None:
    assert THEIRS not in (host.out / "erased.jsonl").read_text() and (host.out / "erased.jsonl").stat().st_size > 0
    assert part(host, 8, is_page=True).count("buyer:b-77 erased again") == 2
    assert part(host, 8, is_page=False).split()[-3:] == ["3", "60.00", "USD"]


def _an_upgrade_leaves_the_store_where_it_was(host: Host) -> None:
    assert "BAD" not in part(host, 9, is_page=True)
    count, link, mode = part(host, 9, is_page=False).strip().rsplit("\n", 2)
    assert count.split()[-3:] == ["3", "60.00", "USD"]
    assert link.endswith("/opt/disputes -> disputes-2") and mode == "disputes 600"


def test_the_page_sets_a_desk_up_keeps_it_and_upgrades_it(tmp_path: Path) -> None:
    """One test, since the page is carried out once for all that is looked at."""
    why_not = _needs()
    if why_not:
        pytest.skip(why_not)
    host = _set_up(tmp_path)
    for look in (
        _every_step_works_in_its_order,
        _the_account_is_good_for_nothing_else,
        _people_come_in_by_their_keys_and_files_go_over_the_wire,
        _the_timers_do_their_work_and_seals_are_roots,
        _who_was_erased_does_not_come_back_and_nothing_else_is_lost,
        _an_upgrade_leaves_the_store_where_it_was,
    ):
        look(host)
