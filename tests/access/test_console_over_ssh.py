"""The console at the end of a line: it drops in the middle of a decision, and goes on from another host."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.access.server import COUNTS_PROCESSES, Server
from tests.command_line.run import in_process
from tests.terminal.terminal import Terminal, terminal_of

SIZE = (80, 45)


@contextmanager
def client(host: Server, login: str) -> Iterator[Terminal]:
    with terminal_of(host.command(login, options=["-tt"]), size=SIZE) as seat:
        yield seat


def at_decision(lines: list[str]) -> bool:
    return lines[0].startswith(" C6 decision")


@COUNTS_PROCESSES
def test_a_dropped_line_leaves_nothing_behind_and_the_next_login_goes_on(host: Server) -> None:
    assert in_process(host.url, "claim", "C6", login="anna").status == 0
    with client(host, "anna") as first:
        first.until(lambda lines: lines[0].startswith(" Overdue seller responses"))
        first.send(":in-review\r")
        first.until(lambda lines: lines[0].startswith(" In review"))
        first.send("/amount>=900\r:C6\rd")
        first.until(at_decision)
        first.send("n\t\t\t\t\tHalf a thought")
        first.until(lambda lines: any("Half a thought" in line for line in lines))
        first.signal(signal.SIGKILL)
        first.until_ended()
    with client(host, "anna") as second:
        second.until(lambda lines: at_decision(lines) and any("Half a thought" in line for line in lines))
        second.send("\x1b")
        second.until(lambda lines: lines[0].startswith(" C6 ") and not at_decision(lines))
        second.send("q")
        second.until(lambda lines: lines[0].startswith(" In review") and "amount>=900" in lines[0])
        assert len(host.sessions()) == 1, "the first is gone"
        assert in_process(host.url, "agents", "disable", "anna").status == 0
        assert second.until_ended() == 4
        assert b"anna is disabled" in second.received
    assert host.sessions() == []
    held = in_process(host.url, "queue", "all", "--where", "owner:anna ref:D-6", "--format", "jsonl").rows
    assert [row["case"] for row in held] == ["C6"], "their case is safe"
    assert in_process(host.url, "agents", "enable", "anna").status == 0


def test_whoever_is_inside_by_a_replaced_key_is_led_out(host: Server) -> None:
    with client(host, "ada") as thief:
        thief.until(lambda lines: lines[0].startswith(" Overdue seller responses"))
        thief.send("\x1a\x1c")  # ctrl+z and ctrl+\: nothing is behind the session
        assert in_process(host.url, "agents", "key", "ada", host.new_key("ada")).status == 0
        assert thief.until_ended() == 4
        assert b"no longer ada's" in thief.received
    assert host.ssh("ada", "count").status == 0


def test_a_terminal_that_draws_nothing_gets_lines(host: Server) -> None:
    with terminal_of(host.command("sue", options=["-tt"]), size=SIZE, TERM="dumb") as seat:
        seat.until(lambda lines: any("'dumb': this terminal draws no screens" in line for line in lines))
        seat.until(lambda lines: any(line.startswith("Overdue seller responses") for line in lines))
        seat.send("quit\n")
        assert seat.until_ended() == 0
    assert b"\x1b" not in seat.received


def test_each_comes_in_to_their_own_settings(host: Server) -> None:
    for words in (("timezone", "Pacific/Kiritimati"), ("color", "none"), ("mouse", "false")):
        assert host.session("ben", " ".join(("settings", *words))).status == 0
    with client(host, "ben") as seat:
        seat.until(lambda lines: lines[0].startswith(" Overdue seller responses"))
        seat.send(":C1\r")
        seat.until(lambda lines: any("+14" in line for line in lines))
    assert b"38;5" not in seat.received and b"\x1b[?1000h" not in seat.received, "no colour, no mouse"
    for key in ("timezone", "color", "mouse"):
        assert host.session("ben", f"settings {key} default").status == 0


def test_the_console_reads_as_lines_for_who_asks_for_it_and_keeps_to_the_closed_list(host: Server) -> None:
    with terminal_of(host.command("sue", "disputes", "--plain", options=["-tt"]), size=SIZE, TERM="dumb") as seat:
        seat.until(lambda lines: any(line.startswith("Overdue seller responses") for line in lines))
        seat.send("migrate\n")
        seat.until(lambda lines: any("is done on the server itself" in line for line in lines))
        seat.send("queue --out x\n")
        seat.until(lambda lines: any("a file of the server" in line for line in lines))
        seat.send("quit\n")
        assert seat.until_ended() == 0
    assert b"\x1b" not in seat.received
