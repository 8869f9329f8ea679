"""Checking a packet: whether its files are what was packed, and whether its events say what its case says.

Nothing but the packet is needed. What it cannot show by itself is that the events are those of the store: for that the
head of the chain, or the packet's fingerprint, is compared with what was kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from models.rules import effects, policy
from models.rules.act import act_from
from models.rules.case import Case
from models.rules.chain import LINKED, link
from models.rules.recorded import Recorded, standing

MANIFEST, CASE, EVENTS, CHAIN, POLICY = "manifest.json", "case.json", "events.jsonl", "chain.json", "policy.toml"
KIND = "dispute-console packet 1"
Files = Mapping[str, bytes]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def faults(files: Files) -> Iterator[str]:
    """Every fault that is found, in a sentence; none of a packet that is whole."""
    try:
        manifest = json.loads(files[MANIFEST])
        packed: dict[str, str] = dict(manifest["files"])
        is_ours = manifest["packet"] == KIND
    except (KeyError, ValueError, TypeError, RecursionError):
        yield f"{MANIFEST} is missing or cannot be read: this is no packet."
        return
    if not is_ours:
        yield f"The packet is of another kind than '{KIND}'."
        return
    yield from _other_files(files, packed)
    if any(name not in files for name in (CASE, EVENTS, CHAIN, POLICY)):
        return
    try:
        yield from _events(files)
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        yield f"The events cannot be read: {type(error).__name__}."


def _other_files(files: Files, packed: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*files, *packed} - {MANIFEST}):
        if name not in files:
            yield f"{name} is missing."
        elif name not in packed:
            yield f"{name} was not packed."
        elif digest(files[name]) != packed[name]:
            yield f"{name} was changed after it was packed."


def _events(files: Files) -> Iterator[str]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in files[EVENTS].splitlines()]
    chain = json.loads(files[CHAIN])
    before = 0
    for row in rows:
        if row["hash"] != link(row[name] for name in LINKED):
            yield f"Event {row['seq']} was changed after it was written."
        if row["seq"] <= before:
            yield f"Event {row['seq']} does not come behind event {before}."
        before = row["seq"]
    if before > chain["last"] or (before == chain["last"] and rows[-1]["hash"] != chain["head"]):
        yield "The events do not end in the chain that the packet names."
    yield from _contradictions(json.loads(files[CASE]), _replayed(rows, files))


def _replayed(rows: list[dict[str, Any]], files: Files) -> Case:
    told = [
        Recorded(
            row["seq"],
            row["verb"],
            row["actor"],
            datetime.fromtimestamp(row["recorded_at"], UTC),
            tuple(map(act_from, json.loads(row["body"]).get("acts", ()))),
        )
        for row in rows
    ]
    with policy.only({version: files[name].decode() for version, name in policy_files(rows).items()}):
        return effects.replayed([(act, each.recorded_at) for each in standing(told) for act in each.acts])


def policy_files(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The files of the policies that a case's events name: the one that it follows, and those before."""
    acts = (act for row in rows for act in json.loads(row["body"]).get("acts", ()))
    versions = [int(act["policy_version"]) for act in acts if act.get("policy_version")] or [policy.SHIPPED]
    return {**{version: f"policy-{version}.toml" for version in versions}, versions[-1]: POLICY}


def _contradictions(told: dict[str, Any], case: Case) -> Iterator[str]:
    """Of the facts that a decision rests on: what the case's file says and its events do not."""
    derived = {
        "state": str(case.state),
        "reason": case.reason,
        "outcome": str(case.outcome) if case.outcome else None,
        "decided_at": _iso(case.decided_at),
        "payer": str(case.payer) if case.payer else None,
        "is_ruled": case.is_ruled,
        "assignee": case.assignee or None,
    }
    for name, value in derived.items():
        if told.get(name) != value:
            yield f"{name} is {told.get(name)!r} in {CASE}, and {value!r} by the events."
    clocks = [(clock["kind"], clock["due_at"]) for clock in told.get("clocks", ())]
    if sorted(clocks) != sorted((str(clock.kind), _iso(clock.due_at)) for clock in case.clocks):
        yield f"The due instants in {CASE} are not those that follow from the events."


def _iso(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
