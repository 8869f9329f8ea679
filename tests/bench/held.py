"""A key that is held down, over good lines and bad ones: how long the picture runs on when it is let go."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from tests.bench.figure import Figure, shown
from tests.bench.line import Kind, Line
from tests.bench.seat import DOWN, ENTER, PAGE_DOWN, WIDE, Seat, its, ours
from tests.bench.store import Store

PRESSES, EACH_SECONDS = 60, 1 / 30
SSH = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}
HERE = Kind("here")
LINES = (
    (HERE, "≤ 50 ms"),
    (Kind("100 ms, 256 kbit/s, compressed", 0.1, 32_000, True), "≤ 250 ms"),
    (Kind("100 ms, 256 kbit/s", 0.1, 32_000), "≤ 1 s"),
    (Kind("150 ms, 64 kbit/s", 0.15, 8_000), "≤ 1 s"),
)
WORST = LINES[-1][0]
KEYS = {"cursor key": DOWN, "page down": PAGE_DOWN}


def figures(store: Store) -> Iterator[Figure]:
    for name, key in KEYS.items():
        for kind, reach in LINES:
            lag, size = _held(store, kind, key)
            floor, floor_size = _held_below(store, kind, key)
            is_at_end = floor <= 0  # its fifty rows were walked before the key was let go
            what = f"{name} held at 30/s, {kind.name}: lag when let go; bytes a key"
            yield Figure(
                what,
                f"{shown(lag, 'ms')}, {shown(size, 'B')}",
                "" if is_at_end else f"{shown(floor, 'ms')}, {shown(floor_size, 'B')}",
                None if is_at_end else lag / floor,
                reach,
            )
    yield from _walk(store)


def _held(store: Store, kind: Kind, key: str) -> tuple[float, float]:
    environment = {} if kind is HERE else SSH
    with ours(store, WIDE, **environment) as seat:
        _open_all(seat)
        return _hold(Line(seat.terminal, kind), key)


def _held_below(store: Store, kind: Kind, key: str) -> tuple[float, float]:
    with its(store, WIDE) as seat:
        seat.until_listed()
        seat.until_quiet()
        return _hold(Line(seat.terminal, kind), key)


def _open_all(seat: Seat) -> None:
    seat.until_listed()
    seat.until_quiet()
    seat.press(":")
    seat.terminal.send("all\r")
    seat.terminal.until(lambda lines: "All cases" in lines[0] and seat.cursor() is not None)
    seat.until_quiet()


def _hold(line: Line, key: str) -> tuple[float, float]:
    """Seconds from the last press to the last byte of its picture, and bytes on the line for each press."""
    began = monotonic()
    for number in range(PRESSES):
        line.press(key)
        line.work(began + (number + 1) * EACH_SECONDS - monotonic())
    let_go = began + (PRESSES - 1) * EACH_SECONDS
    line.until_quiet()
    return line.arrived_at - let_go, line.size / PRESSES


def _walk(store: Store) -> Iterator[Figure]:
    """What arrives when on the worst line."""
    began = monotonic()
    with ours(store, WIDE, **SSH) as seat:
        line = Line(seat.terminal, WORST)
        while seat.cursor() is None:
            line.work(0.02)
        yield _arrived("start to the list", line.arrived_at - began, line.size)
        line.until_quiet()
        for what, keys in (
            ("20 cursor keys, 5 a second", [DOWN] * 20),
            ("page down", [PAGE_DOWN]),
            ("opening a case", [ENTER]),
            ("page of its text", [PAGE_DOWN]),
            ("back", ["q"]),
        ):
            size = line.size
            for key in keys:
                pressed = monotonic()
                line.press(key)
                line.work(0.2)
            line.until_quiet()
            yield _arrived(what, line.arrived_at - pressed, line.size - size)


def _arrived(what: str, seconds: float, size: int) -> Figure:
    return Figure(f"{WORST.name}: {what}, until the last byte", f"{shown(seconds, 'ms')}, {shown(size, 'B')}")
