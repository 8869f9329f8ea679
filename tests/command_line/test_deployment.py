"""The page on deployment, as far as that needs no root, and its block for OpenSSH; `tests/access` does all of it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.access.page import CASES, PAGE, blocks
from tests.access.samples import ED25519, OTHER
from tests.access.server import SSHD
from tests.command_line.run import ROOT, in_process

BLOCK = ROOT / "docs" / "ssh" / "disputes.conf"
STORE = "sqlite:////srv/disputes/store.db"


def test_every_step_of_the_page_works_in_its_order(tmp_path: Path) -> None:
    for name in ("srv", "backups"):
        (tmp_path / name).mkdir(mode=0o700)
    given = {"sue.pub": ED25519.encode(), "anna.pub": OTHER.encode()}
    given["cases.csv"] = CASES.encode()
    done = set()
    for line in "".join(blocks("sh").values()).splitlines():
        if "/drill/" in line and "restore" in line:  # a night has passed
            shutil.copy(tmp_path / "srv" / "store.db.files" / "erased.jsonl", tmp_path / "backups")
        here = line.replace("/srv/disputes", f"{tmp_path}/srv").replace("/var/backups/disputes", f"{tmp_path}/backups")
        if here.startswith("sudo sh -c "):
            subprocess.run(["sh", "-c", shlex.split(here)[3]], check=True)
        elif here.startswith("desk "):
            said, _, name = here.partition(" < ")
            words, url, login = shlex.split(said)[1:], f"sqlite:///{tmp_path}/srv/store.db", "disputes"
            while words[0] in ("--db", "--as"):
                option, value, *words = words
                url, login = (value, login) if option == "--db" else (url, value)
            if words[0] == "authorized-keys":
                words[2] = (tmp_path / "srv" / "store.db").owner()
            ended = in_process(url, *words, login=login, stdin=given.get(name, b""))
            assert (ended.status, ended.err) == (0, ""), (line, ended)
            done.add(words[0])
            if words[0] == "authorized-keys":
                assert ended.out.count('restrict,pty,command="') == 2
    assert done == {
        "init",
        "agents",
        "import",
        "doctor",
        "authorized-keys",
        "backup",
        "restore",
        "audit",
        "migrate",
        "erase",
    }


def test_the_page_names_only_what_exists() -> None:
    text = PAGE.read_text("utf-8")
    links = {part.split(")")[0].split("#")[0] for part in text.split("](")[1:]}
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
    assert "deployment.md" in (PAGE.parent / "running.md").read_text("utf-8")
    assert STORE in text and STORE in BLOCK.read_text("utf-8")


def test_openssh_takes_the_block_for_that_account_alone(tmp_path: Path) -> None:
    if SSHD is None:
        pytest.skip("no OpenSSH server is installed here")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "host"], check=True)
    (tmp_path / "sshd_config").write_text(f"HostKey {tmp_path}/host\nInclude {BLOCK}\nX11Forwarding yes\n")

    def settings(user: str) -> str:
        words = [str(SSHD), "-T", "-f", str(tmp_path / "sshd_config"), "-C", f"user={user},host=x,addr=192.0.2.1"]
        said = subprocess.run(words, check=True, capture_output=True, text=True)
        return said.stdout

    theirs, others = settings("disputes"), settings("root")
    assert "authorizedkeyscommanduser disputes" in theirs and "disableforwarding yes" in theirs
    assert "authorizedkeyscommand /opt/disputes/bin/disputes" in theirs and "authorizedkeysfile none" in theirs
    assert "authorizedkeyscommand none" in others and "disableforwarding no" in others


def test_what_openssh_asks_is_a_command_of_ours(tmp_path: Path) -> None:
    (asked,) = [line for line in BLOCK.read_text("utf-8").splitlines() if "AuthorizedKeysCommand " in line]
    _, program, db, url, *words = shlex.split(asked)
    assert (program, db, url) == ("/opt/disputes/bin/disputes", "--db", STORE)
    store = f"sqlite:///{tmp_path / 'store.db'}"
    assert in_process(store, "init").status == 0
    values = {"%u": (tmp_path / "store.db").owner(), "%f": "SHA256:none"}
    ended = in_process(store, *(values.get(word, word) for word in words))
    assert (ended.status, ended.out, ended.err) == (0, "", "")
