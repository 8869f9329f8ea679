"""The desk as its people reach it: through a real SSH server, each by their own key."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from models.actor import Actor
from models.database import close_store, open_store
from models.errors import NotAllowed
from models.operations.evidencing import attach
from models.operations.presence import present
from models.queries.agents import keys_in_use
from models.queries.audit import verify
from models.tables import Event
from models.vocabulary import EvidenceKind, Party, Role
from tests.access.server import PATIENCE_SECONDS, TROUBLE, Server
from tests.command_line.run import in_process

AT_ONCE = 20


def events(host: Server, *verbs: str) -> list[tuple[str, str, Any]]:
    """Who, what, and the body, in order."""
    open_store(host.url)
    assert verify().first_bad_seq is None
    found = [(row.actor, row.verb, json.loads(row.body)) for row in Event.select().order_by(Event.seq)]
    close_store()
    return [each for each in found if not verbs or each[1] in verbs]


def test_a_command_has_its_output_its_input_and_its_status(host: Server) -> None:
    local = in_process(host.url, "report", "decisions", "--format", "csv")
    over = host.ssh("sue", "report", "decisions", "--format", "csv", "--since", "2020-01-01")
    assert (over.status, over.out, over.err) == (0, local.out, "") and "\r\n" in over.out
    noted = host.ssh("anna", "note", "C1", "-", stdin="gläserne Tasse; $(id)\n".encode())
    assert noted.status == 0 and "gläserne Tasse; $(id)" in in_process(host.url, "show", "C1").out
    assert host.ssh("anna", "close", "C1").status == 1


def test_the_words_are_read_once_more_without_a_shell(host: Server) -> None:
    assert host.session("anna", "note C1 'two words; $(id) `id` > x'").status == 0
    assert "two words; $(id) `id` > x" in in_process(host.url, "show", "C1").out
    host.session("anna", "note C1 two words").refused(2)
    host.session("anna", "show C999").refused(2)
    assert host.session("anna", "disputes count --format json").status == 0, "as the console prints it"


def test_files_come_by_standard_input_and_go_by_standard_output(host: Server) -> None:
    rejected = host.session("sue", "import - --rejects -", stdin=b"case_ref,order_ref\r\nX-1,O-1\r\n")
    assert rejected.status == 2, "no such file is taken at all"
    header = b"case_ref,order_ref,opened_at,buyer_ref,seller_ref,reason,amount,currency\r\n"
    row = b"X-1,O-77,2024-03-01T09:00:00Z,b1,s1,damaged/item_damaged,1.23456,USD\r\n"
    rejected = host.session("sue", "import - --rejects -", stdin=header + row)
    assert rejected.status == 3 and rejected.out.startswith("case_ref,order_ref") and "X-1" in rejected.out
    assert "1 rejected" in rejected.err
    taken = host.session("anna", "attach C4 - --kind other --by buyer --title cup", stdin=b"a broken cup\n")
    assert taken.status == 0, taken
    assert host.session("ada", "evidence C4 1").out == "a broken cup\n"


def test_who_comes_in_is_who_the_key_says_and_each_sign_in_is_an_event(host: Server) -> None:
    before = len(events(host, "sign-in"))
    assert host.ssh("anna", "claim", "C4").status == 0
    (who, _, body) = events(host, "sign-in")[-1]
    assert len(events(host, "sign-in")) == before + 1
    assert who == "anna" and body["for"] == "claim" and body["key"].startswith("SHA256:")
    assert "127.0.0.1" not in json.dumps(body), "an address is personal: the chain holds its keyed digest"
    assert events(host, "claim")[-1][0] == "anna"


def test_nobody_is_somebody_else_and_the_attempt_is_an_event(host: Server) -> None:
    for line in ("--as sue count", "--as=sue count", "--db sqlite:////tmp/x.db count"):
        host.session("anna", line).refused(4, "you are anna")
        assert events(host)[-1] == ("anna", "refused", {"what": "identity"})
    host.session("anna", "count --as sue").refused(2)
    host.session("anna", "ssh-session SHA256:x").refused(2)


def test_a_role_has_its_commands_and_the_keeping_of_the_store_is_for_nobody(host: Server) -> None:
    assert host.session("ada", "audit verify").status == 0
    host.session("ada", "claim C1").refused(4)
    assert events(host)[-1] == ("ada", "refused", {"what": "claim"})
    host.session("anna", "agents disable ben").refused(4)
    assert events(host)[-1] == ("anna", "refused", {"what": "agents disable"})
    for name in ("init", "migrate", "authorized-keys", "demo", "doctor", "reindex"):
        host.session("sue", name).refused(4, name)
    listed = host.session("ada", "help").out
    assert "  audit " in listed and "  claim " not in listed and "  migrate " not in listed


@pytest.mark.parametrize(
    "line",
    [
        "sh -c '{canary}'", "count; {canary}", "count && {canary}", "count | {canary}", "count $({canary})",
        "count `{canary}`", "count\n{canary}", "count & {canary}", "count > {path}", "-- {canary}", "'; {canary} #'",
        "/bin/sh", "../../bin/sh", "python", "\x1b]0;owned\x07", "\"count",
        "scp -t {path}", "internal-sftp", "/usr/lib/openssh/sftp-server", "rsync --server . {path}",
        "git-upload-pack {path}", "count \udcff",
    ],
)  # fmt: skip
def test_no_line_reaches_a_shell_or_another_program(line: str, host: Server) -> None:
    before = set(host.folder.rglob("*"))
    canary = host.folder / "canary"
    host.session("ben", line.format(canary=f"touch {canary}", path=canary)).refused(2)
    assert set(host.folder.rglob("*")) - before == set()


def test_the_wire_carries_no_second_command_and_no_file(host: Server) -> None:
    canary = host.folder / "canary"
    ended = host.ssh("ben", f"count; touch {canary}\ntouch {canary} $(touch {canary}) `touch {canary}`")
    assert (ended.status == 2 and "There is no shell" in ended.err) or "is no command" in ended.err
    for program, words in (
        ("scp", [str(host.key_of("ben")), "127.0.0.1:stolen"]),
        ("scp", ["-O", "127.0.0.1:/etc/passwd", str(canary)]),
        ("sftp", ["127.0.0.1:/etc/passwd", str(canary)]),
    ):
        command = host.command("ben", *words, program=program)
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
        assert done.returncode != 0, done
    assert not canary.exists() and not (Path.home() / "stolen").exists()


def test_nothing_is_forwarded(host: Server) -> None:
    """The server would; the key's line does not let it."""
    straight = host.ssh("ben", options=["-W", f"127.0.0.1:{host.port}"])  # the channel of -L and -D too
    assert straight.status == TROUBLE and "refused local port forward" in host.log
    back = host.ssh("ben", "count", options=["-R", "0:127.0.0.1:22", "-o", "ExitOnForwardFailure=yes"])
    assert back.status == TROUBLE and "remote port forwarding failed" in back.err
    granted = {
        line.partition("active: key options: ")[2] for line in host.log.splitlines() if "active: key opt" in line
    }
    assert granted == {"command pty"}, "no agent, no X11, no port, no file of the account's own"


def test_a_key_that_was_replaced_opens_nothing_and_the_new_one_does(host: Server) -> None:
    stolen = host.new_key("eve")
    assert in_process(
        host.url, "agents", "add", "eve", "--name", "Eve", "--role", "agent", "--key", stolen
    ).status == 0  # fmt: skip
    assert host.ssh("eve", "count").status == 0
    thief = host.key_of("eve").rename(host.folder / "thief")
    stolen.rename(host.folder / "thief.pub")
    assert in_process(host.url, "agents", "key", "eve", host.new_key("eve")).status == 0
    assert host.ssh(thief.name, "count").status == TROUBLE, "the server has no line for it"
    host.session(thief.name, "count").refused(4, "no longer eve's")  # a line that was copied to a file
    assert events(host)[-1][:2] == ("eve", "sign-in refused")
    assert host.ssh("eve", "count").status == 0


def test_who_is_disabled_stays_out(host: Server) -> None:
    assert in_process(host.url, "agents", "disable", "ben").status == 0
    assert host.ssh("ben", "count").status == TROUBLE
    host.session("ben", "count").refused(4, "ben is disabled")
    assert in_process(host.url, "agents", "enable", "ben").status == 0
    assert host.session("ben", "count").status == 0


def test_who_is_disabled_is_led_out_of_a_command_that_waits(host: Server) -> None:
    before = events(host, "sign-in")
    waiting = subprocess.Popen(host.command("ben", "note", "C1", "-"), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert waiting.stdin is not None and waiting.stderr is not None
    waiting.stdin.write(b"half a tho")
    waiting.stdin.flush()
    while events(host, "sign-in") == before:
        pass
    assert in_process(host.url, "agents", "disable", "ben").status == 0
    said = waiting.stderr.read()
    assert waiting.wait(PATIENCE_SECONDS) == 4 and b"ben is disabled" in said
    waiting.stdin.close()
    waiting.stderr.close()
    assert in_process(host.url, "agents", "enable", "ben").status == 0
    assert "half a tho" not in in_process(host.url, "show", "C1").out


def test_whatever_asks_for_a_path_gets_no_file_of_the_servers(host: Server) -> None:
    open_store(host.url)
    by_key = present(Actor("sue", Role.SUPERVISOR, key=key_in_use("sue")))
    for source in (Path("/etc/passwd"), host.folder / "sshd_config"):
        with pytest.raises(NotAllowed, match="server's files"):
            attach(by_key, case=1, party=Party.BUYER, kind=EvidenceKind.OTHER, source=source)
    close_store()


def key_in_use(login: str) -> str:
    return next(key.fingerprint for key in keys_in_use() if key.login == login)


def test_the_clients_environment_counts_for_nothing(host: Server, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    settings = tmp_path / "disputes"
    settings.mkdir()
    (settings / "config.toml").write_text(f'db = "sqlite:///{other}"\nnonsense = true\n')
    canary = tmp_path / "canary"
    tricks = {
        "DISPUTES_DB": f"sqlite:///{other}", "DISPUTES_FILES": str(tmp_path), "TEXTUAL_LOG": str(canary),
        "TEXTUAL_DRIVER": "nowhere:Driver", "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path),
        "HOME": str(tmp_path), "PYTHONINSPECT": "1", "PYTHONSTARTUP": str(canary), "PYTHONHOME": str(tmp_path),
        "PYTHONWARNINGS": "all:0:antigravity.x:0:0", "BROWSER": f"touch {canary}", "PYTHONPATH": str(tmp_path),
        "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "../../x", "COLUMNS": "9", "TZ": "Pacific/Kiritimati",
    }  # fmt: skip
    expected = in_process(host.url, "agents", "--format", "json").object
    assert host.session("ben", "agents --format json", environment=tricks).object == expected
    let_through = [
        f"-oSetEnv={name}={value}" for name, value in tricks.items() if name.startswith(("PY", "DIS", "XDG"))
    ]
    over = host.ssh("ben", "agents", "--format", "json", options=let_through)
    assert over.object == expected, over
    assert not canary.exists() and not other.exists()


def test_without_a_terminal_there_is_no_console(host: Server) -> None:
    host.session("ben", "").refused(2, "ssh -t")
    host.session("ben", "   ").refused(2, "ssh -t")


def test_twenty_come_in_at_once(host: Server) -> None:
    before = len(events(host, "note"))
    sessions = [
        subprocess.Popen(host.command("anna", "note", "C1", f"number{number}"), stderr=subprocess.PIPE)
        for number in range(AT_ONCE)
    ]
    ended = [(session.communicate(timeout=PATIENCE_SECONDS)[1], session.returncode) for session in sessions]
    assert ended == [(b"", 0)] * AT_ONCE
    assert len(events(host, "note")) == before + AT_ONCE
