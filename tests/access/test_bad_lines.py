"""The console at the end of a slow and narrow line, and of lines that drop, stall and come in by the dozen."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from models import database
from models.queries import drafts
from models.queries.visits import visitors
from tests.access.bad_line import BadLine, bad_line
from tests.access.server import COUNTS_PROCESSES, Server
from tests.command_line.run import in_process
from tests.terminal.terminal import Terminal, terminal_of

SIZE = (80, 24)
MOST_BYTES = 44_000
"""On the wire for the whole walk, with what OpenSSH itself says: 6 s of such a line."""
MOST_BYTES_COMPRESSED = 11_000
COLOURS = re.compile(rb"\x1b\[[0-9;]*\b(3[0-7]|38|4[0-7]|48|9[0-7])[;m]")
AT_ONCE = 20

Holds = Callable[[list[str]], bool]


@contextmanager
def far_client(
    host: Server, login: str, *words: str, options: tuple[str, ...] = ()
) -> Iterator[tuple[Terminal, BadLine]]:
    with bad_line(host.port) as line:
        command = host.command(login, *words, options=["-tt", *options], port=line.port)
        with terminal_of(command, size=SIZE) as seat:
            yield seat, line


def title(text: str) -> Holds:
    return lambda lines: lines[0].startswith(f" {text}")


def shown(text: str) -> Holds:
    return lambda lines: any(text in line for line in lines)


def walked(host: Server, login: str, case: str, *words: str, compression: str = "no") -> tuple[int, bytes]:
    """From the list into a case, a page on, a note, and back; the bytes on the wire, and what the terminal got."""
    options = ("-o", f"Compression={compression}")
    with far_client(host, login, *words, options=options) as (seat, line):
        seat.until(title("Overdue seller responses"))
        seat.send(f":{case}\r")
        seat.until(title(case))
        seat.send("\x1b[6~")
        seat.until(shown("Timeline"))
        seat.send(f"ofrom afar, by {login}\x13")
        seat.until(shown(f"Your note is in {case}"))
        seat.send("q")
        seat.until(title("Overdue seller responses"))
        seat.send("q")
        assert seat.until_ended() == 0
    return line.down_bytes, seat.received


def read_as_lines(host: Server, login: str) -> tuple[int, bytes]:
    with far_client(host, login, "disputes", "--plain") as (seat, line):
        seat.until(shown("> "))
        seat.send("C3\nquit\n")
        assert seat.until_ended() == 0
    assert b"Timeline" in seat.received
    return line.down_bytes, seat.received


def test_a_slow_and_narrow_line_is_enough(host: Server) -> None:
    """All at once, each on a line of its own; how long it takes is the line's affair, how many bytes is ours."""
    with ThreadPoolExecutor() as seats:
        usual = seats.submit(walked, host, "anna", "C1", "disputes", "--color", "256")
        packed = seats.submit(walked, host, "ben", "C2", "disputes", "--color", "16", compression="yes")
        bare = seats.submit(walked, host, "sue", "C3", "disputes", "--color", "none", "--fps", "5")
        lines = seats.submit(read_as_lines, host, "ada")
    assert usual.result()[0] <= MOST_BYTES and COLOURS.search(usual.result()[1])
    assert packed.result()[0] <= MOST_BYTES_COMPRESSED
    assert bare.result()[0] <= MOST_BYTES and not COLOURS.search(bare.result()[1])
    assert lines.result()[0] <= usual.result()[0] and b"\x1b" not in lines.result()[1]
    for case, login in (("C1", "anna"), ("C2", "ben"), ("C3", "sue")):
        assert f"from afar, by {login}" in in_process(host.url, "show", case).out


def visits(host: Server) -> dict[int, tuple[str, ...]]:
    database.open_store(host.url)
    found = visitors("")
    database.close_store()
    return found


def kept(host: Server, login: str, place: str) -> object:
    database.open_store(host.url)
    found = (drafts.draft(login, place) or {}).get("text")
    database.close_store()
    return found


def nothing_half(host: Server) -> list[str]:
    return [path.name for path in host.folder.iterdir() if path.suffix == ".part"]


@pytest.fixture(scope="module")
def watchful(host: Server) -> Iterator[Server]:
    """The same desk behind a server that soon asks whether its clients are still there."""
    from tests.access.server import server

    folder = host.folder / "watchful"
    folder.mkdir()
    store = Path(host.url.removeprefix("sqlite:///"))
    with server(folder, store, "ClientAliveInterval 1\nClientAliveCountMax 2\n") as opened:
        for login in ("anna", "ben", "sue"):
            for end in ("", ".pub"):
                (folder / f"{login}{end}").symlink_to(host.folder / f"{login}{end}")
        yield opened


@COUNTS_PROCESSES
def test_however_a_line_drops_nothing_is_left_and_no_word_is_lost(watchful: Server) -> None:
    with ExitStack() as stack:
        anna, cut = stack.enter_context(far_client(watchful, "anna"))
        ben = stack.enter_context(terminal_of(watchful.command("ben", options=["-tt"]), size=SIZE))
        sue = stack.enter_context(terminal_of(watchful.command("sue", options=["-tt"]), size=SIZE))
        for number, seat in enumerate((anna, ben, sue), 1):
            seat.until(title("Overdue seller responses"))
            seat.send(f":C{number}\r")
            seat.until(title(f"C{number} "))
            seat.send("ohalf a tho")
            seat.until(shown("half a tho"))
        assert visits(watchful) == {1: ("anna",), 2: ("ben",), 3: ("sue",)}
        cut.close()  # the line itself
        ben.hang_up()  # the terminal that the client runs in is closed
        sue.signal(signal.SIGSTOP)  # a lid is closed: the client says nothing any more, and takes nothing
        watchful.until_gone()
        sue.signal(signal.SIGCONT)
        sue.until_ended()
    assert visits(watchful) == {}
    assert [kept(watchful, login, f"note:C{number}") for number, login in enumerate(("anna", "ben", "sue"), 1)] == [
        "half a tho"
    ] * 3
    assert in_process(watchful.url, "note", "C1", "nobody holds up the store").status == 0
    assert nothing_half(watchful) == []


@COUNTS_PROCESSES
def test_twenty_who_are_cut_off_at_once_leave_nothing(host: Server) -> None:
    command = host.command("anna", "disputes", "--plain", options=["-tt"])
    with ExitStack() as stack:
        seats = [stack.enter_context(terminal_of(command, size=SIZE)) for _ in range(AT_ONCE)]
        for seat in seats:
            seat.send("C1\n")
        for seat in seats:
            seat.until(lambda lines: shown("Timeline")(lines) and any(line.startswith("> ") for line in lines))
        assert visits(host) == {1: ("anna",)} and len(host.sessions()) >= AT_ONCE
        for seat in seats:
            seat.signal(signal.SIGKILL)
        host.until_gone()
    assert visits(host) == {}


@COUNTS_PROCESSES
def test_a_command_whose_client_is_killed_ends_and_keeps_nothing_half(host: Server) -> None:
    row = b"case_ref,order_ref,opened_at,buyer_ref,seller_ref,reason,amount,currency\r\n"
    for words in ("import - --rejects -", "import -", "attach C1 - --kind other --by buyer"):
        client = subprocess.Popen(host.command("anna", words), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        assert client.stdin is not None
        client.stdin.write(row)
        client.stdin.flush()
        while not host.sessions():
            pass
        client.kill()
        client.wait()
        client.stdin.close()
        host.until_gone()
    assert nothing_half(host) == []
