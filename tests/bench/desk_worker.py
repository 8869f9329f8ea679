"""One agent of the race: `python -m tests.bench.desk_worker URL LOGIN COUNT`.

Says `ready`, waits for a line, then claims and decides COUNT cases and says which, with the seconds each write took.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

from models.actor import Actor
from models.database import open_store
from models.operations import deciding, serving
from models.rules.approval import RulingDraft
from models.vocabulary import Outcome, Role

RULING = RulingDraft(outcome=Outcome.NO_REFUND, payer=None, findings=("item_as_described",), note="it was delivered")


def main(url: str, login: str, count: str) -> None:
    open_store(url)
    actor = Actor(login, Role.AGENT, login)
    print("ready", flush=True)
    sys.stdin.readline()
    cases, claims, decisions = [], [], []
    for _ in range(int(count)):
        began = perf_counter()
        change = serving.serve_next(actor, view="in-review")
        claims.append(perf_counter() - began)
        assert change is not None
        cases.append(change.dispute_id)
        began = perf_counter()
        deciding.decide(actor, case=change.dispute_id, ruling=RULING)
        decisions.append(perf_counter() - began)
    print(json.dumps([cases, claims, decisions]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
