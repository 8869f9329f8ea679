"""Agents at work, a process each: `python -m tests.bench.crowd`, told what to do by a line of JSON, a `Shift`.

All of it is loaded once and the agents are forked from that, as fifty that load it for themselves would keep two cores
busy for half a minute. Each works a case to get going; when all have, it says `ready` and waits for a line. What an
agent is about to do, and what came of it, goes to a file of its own at once: it can be killed at any moment.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from time import monotonic, process_time, sleep
from typing import TextIO

from console.__main__ import AT_ONCE
from models.actor import Actor
from models.database import open_store
from models.operations import deciding, serving
from models.rules.approval import RulingDraft
from models.vocabulary import Outcome, Role

RULING = RulingDraft(outcome=Outcome.NO_REFUND, payer=None, findings=("item_as_described",), note="it was delivered")


@dataclass(frozen=True, slots=True)
class Shift:
    url: str
    logins: list[str]
    seconds: float
    folder: str
    """Where each agent's file goes, by its login."""
    writes_a_second: float | None = None
    """All agents' together; None where each goes on as soon as it has an answer."""
    is_cut_off: bool = False
    """They are killed when the time is over, whatever they are doing."""


def main() -> None:
    gc.set_threshold(AT_ONCE)  # as every `disputes` does
    shift = Shift(**json.loads(sys.stdin.readline()))
    ready, is_ready = os.pipe()
    go, gone = os.pipe()
    agents = [_forked(shift, login, is_ready, go, gone) for login in shift.logins]
    for _ in agents:
        os.read(ready, 1)
    print("ready", flush=True)
    sys.stdin.readline()
    os.close(gone)  # which all of them see
    if shift.is_cut_off:
        sleep(shift.seconds)
        for agent in agents:
            os.kill(agent, signal.SIGKILL)
    ended = [os.waitstatus_to_exitcode(os.waitpid(agent, 0)[1]) for agent in agents]
    print(json.dumps(ended), flush=True)


def _forked(shift: Shift, login: str, is_ready: int, go: int, gone: int) -> int:
    agent = os.fork()
    if agent:
        return agent
    status = 1
    try:
        os.close(gone)
        with (Path(shift.folder) / login).open("w") as told:
            _work(shift, login, told, is_ready, go)
        status = 0
    finally:  # nothing of the parent's is cleared up by its children
        if status:
            traceback.print_exc()
        os._exit(status)


def _work(shift: Shift, login: str, told: TextIO, is_ready: int, go: int) -> None:
    open_store(shift.url)
    actor = Actor(login, Role.AGENT, login)
    _write(actor, _write(actor, None, told), told)
    os.write(is_ready, b".")
    os.read(go, 1)  # nothing comes: the other end is closed
    case, began = None, monotonic()
    for due in _instants(shift, login):
        if due >= shift.seconds and not shift.is_cut_off:
            return
        sleep(max(0, began + due - monotonic()))
        case = _write(actor, case, told, began, due)


def _instants(shift: Shift, login: str) -> Iterator[float]:
    """When the agent's writes are due, in seconds from its beginning: evenly, and not all agents' at one moment."""
    began, chance = monotonic(), random.Random(login)
    for number in count():
        if shift.writes_a_second is None:
            yield monotonic() - began
        else:
            yield (number + chance.random()) * len(shift.logins) / shift.writes_a_second


def _write(actor: Actor, case: int | None, told: TextIO, began: float = 0, due: float | None = None) -> int | None:
    """Claim a case, or decide the one that was claimed; the next to decide. What has no due instant is not timed."""
    deed, worked = "claim" if case is None else "decide", process_time()
    _say(told, about=deed, case=case)
    if case is None:
        change = serving.serve_next(actor, view="in-review")
    else:
        change = deciding.decide(actor, case=case, ruling=RULING)
    assert change is not None, "no case is left: the desk was too small"
    said = {"did": deed, "case": change.dispute_id, "seq": change.event_seq}
    if due is not None:
        at = monotonic() - began
        said |= {"at": at, "took": at - due, "worked": process_time() - worked}
    _say(told, **said)
    return change.dispute_id if case is None else None


def _say(told: TextIO, **words: object) -> None:
    told.write(json.dumps(words) + "\n")
    told.flush()


def as_line(shift: Shift) -> str:
    return json.dumps(asdict(shift)) + "\n"


if __name__ == "__main__":
    main()
