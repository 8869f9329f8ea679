"""Cases from a file: every row ends as created, updated, unchanged or rejected, and the raw row is kept.

Rows go in by chunks, each its own short transaction under the writer's ticket, so that agents beside it hardly wait and
an import of any length needs the same memory. An import that was cut off is simply run again: what is in is unchanged.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from itertools import islice
from typing import Any

import apsw

from models import clock
from models.actor import Actor
from models.database import is_sqlite, translated
from models.dataclass import dataclass
from models.imported import ImportedCase, RawRow, ReadRow, Reject
from models.operations import bulk, journal, new_cases, projection, telling, verdicts
from models.operations.new_cases import NewCase
from models.operations.presence import present
from models.operations.transaction import writing
from models.operations.verdicts import Known
from models.queries.history import acts_of
from models.queries.policies import active_version
from models.queries.sellers import KnownSellers, facts_by_ref
from models.rules import effects
from models.rules.act import Verb
from models.rules.permissions import check_desk
from models.tables import Agent, Decision, Dispute, Import, ImportRow, Order, Party, database
from models.vocabulary import PartyAct

IMPORT_LOCK = 44535056
CHUNK = 200
"""Rows for each writer's ticket: it is held for a few milliseconds, and the slowest agent beside waits under 30."""


@dataclass(slots=True)
class ImportResult:
    """How many rows ended how."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    """The first hundred."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file behind the rows."""

    file_name: str
    sha256: str
    source: str
    map_name: str = ""


KeepReject = Callable[[RawRow, Reject], None]


def import_cases(
    actor: Actor,
    source: Source,
    rows: Iterable[ReadRow],
    *,
    is_dry_run: bool = False,
    on_reject: KeepReject | None = None,
    on_progress: Callable[[ImportResult], None] | None = None,
) -> ImportResult:
    """Take the rows in. A dry run judges every row the same way and writes nothing."""
    with translated():
        check_desk(present(actor), "import")
        run = _Run(actor, source, is_dry_run, on_reject)
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        run.take(chunk)
        if on_progress is not None:
            on_progress(run.result)
    run.finish()
    return run.result


class _Run:
    """One import while it goes on."""

    def __init__(self, actor: Actor, source: Source, is_dry_run: bool, on_reject: KeepReject | None) -> None:
        self.actor = actor
        self.source = source
        self.is_dry_run = is_dry_run
        self.on_reject = on_reject
        self.result = ImportResult()
        self.run_id = 0
        self.told_before = _ToldBefore() if is_dry_run else None
        self.policy_version = active_version()
        """Of the cases that the file brings, however long it takes."""
        self.agents = {agent.login: agent.id for agent in Agent.select()}
        if not is_dry_run:
            self._begin()

    def _begin(self) -> None:
        with writing():
            self.run_id = Import.create(
                file_name=self.source.file_name,
                sha256=self.source.sha256,
                source=self.source.source,
                map_name=self.source.map_name,
                started_at=clock.now(),
                recorded_by=self.actor.login,
            ).id

    def take(self, chunk: Sequence[ReadRow]) -> None:
        """Judge and write one chunk. A reference that comes twice in it is met in the second half as known."""
        self.result.rows += len(chunk)
        for part in _without_repeats(chunk):
            now = clock.now()
            with translated():
                sellers = facts_by_ref({row.case.seller_ref for row in part if row.case is not None})
            # Most of the work, and nobody waits for it.
            folded = [(row, self._folded(row, sellers, now)) for row in part]
            if self.is_dry_run:
                with translated():
                    self._judge(folded, now)
            else:
                with writing():
                    self._alone()
                    check_desk(present(self.actor), "import")
                    self._write(folded, now)

    def _folded(self, row: ReadRow, sellers: KnownSellers, now: datetime) -> NewCase | None:
        """The row as the case that it would be by itself."""
        if row.case is None:
            return None
        seller = telling.seller_told(row.case, sellers)
        digest = verdicts.digest(row.case)
        return new_cases.new_case(row.raw, row.case, digest, self.agents, self.policy_version, now, seller)

    def _alone(self) -> None:
        """PostgreSQL lets two imports of one file look at the same moment and both find nothing."""
        if not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (IMPORT_LOCK,))

    def _write(self, part: Sequence[tuple[ReadRow, NewCase | None]], now: datetime) -> None:
        created, updated, rejected = self._judge(part, now)
        new_cases.write(self.actor, now, created, self.run_id)
        for new, known in updated:
            self._update(new, known, now)
        kept = [
            (self.run_id, new.raw.number, new.dispute_id, verdict, new.digest, _raw(new.raw), "", "")
            for verdict, group in (("created", created), ("updated", [new for new, _ in updated]))
            for new in group
        ] + [
            (self.run_id, raw.number, None, "rejected", "", _raw(raw), reject.column, reject.rule)
            for raw, reject in rejected
        ]
        columns = ("run_id", "number", "dispute_id", "verdict", "digest", "raw_json", "at_column", "rule")
        bulk.insert(ImportRow, columns, kept)

    def _judge(
        self, part: Sequence[tuple[ReadRow, NewCase | None]], now: datetime
    ) -> tuple[list[NewCase], list[tuple[NewCase, Known]], list[tuple[RawRow, Reject]]]:
        created: list[NewCase] = []
        updated: list[tuple[NewCase, Known]] = []
        rejected = []
        known_cases = self._known([new.told for _, new in part if new is not None])
        for row, new in part:
            reject = row.reject
            if new is not None:
                known = known_cases.get((new.told.source, new.told.ref))
                if known is None:
                    created.append(new)
                    self._remember(new, None)
                    continue
                reject = self._compare(new, known, updated, now)
            if reject is not None:
                rejected.append((row.raw, reject))
                self._reject(row.raw, reject)
        self.result.created += len(created)
        self.result.updated += len(updated)
        return created, updated, rejected

    def _compare(
        self, new: NewCase, known: Known, updated: list[tuple[NewCase, Known]], now: datetime
    ) -> Reject | None:
        if new.digest in known.digests:
            self.result.unchanged += 1
            return None
        against = verdicts.contradiction(new.told, known)
        if against is not None:
            return Reject(
                row=new.raw.number,
                column=against.column,
                rule="repeated_reference",
                value=against.told,
                message=f"{new.told.source}:{new.told.ref} is already known {known.first_row} with {against.column} "
                f"{against.known}: give the row a reference of its own, or the known value.",
            )
        maker = new.told.decided_by if new.told.decided_by in self.agents else ""
        later = telling.later_acts(new.told, known.case, maker=maker)
        if not later:
            self.result.unchanged += 1
            return None
        new.acts = [act.body() for act in later]
        new.case = known.case
        for act in later:
            effects.apply(new.case, act, now)
        new.dispute_id = known.dispute_id
        updated.append((new, known))
        self._remember(new, known)
        return None

    def _update(self, new: NewCase, known: Known, now: datetime) -> None:
        row = Dispute.get_by_id(known.dispute_id)
        row.row_version = known.row_version  # somebody who wrote in between is not overwritten
        before = projection.parts(effects.replayed(acts_of(known.dispute_id)))
        rulings = len(before[Decision])
        projection.save(row, before, new.case)
        if len(new.case.rulings) > rulings:
            texts = {"note": new.told.decision_note, "maker": new.case.rulings[-1].maker or new.told.decided_by}
            Decision.update(texts).where(
                (Decision.dispute == row.id) & (Decision.number == len(new.case.rulings))
            ).execute()
        elif any(act["verb"] == Verb.DECIDE for act in new.acts):
            new_cases.write_decisions([(row.id, new.case, new.told)], is_known=True)
        new_cases.write_answers(self.actor, now, [new])
        entry = journal.Entry("import", now, {"acts": new.acts, "import": self.run_id}, row.id)
        journal.append(self.actor, now, [entry])

    def _known(self, told: Sequence[ImportedCase]) -> dict[tuple[str, str], Known]:
        found = {}
        by_source: dict[str, list[str]] = {}
        for each in told:
            by_source.setdefault(each.source, []).append(each.ref)
        for source, refs in by_source.items():
            for known_ref, known in _stored(source, refs, is_locked=not self.is_dry_run):
                found[(source, known_ref)] = known
        if self.told_before is not None:
            for each in told:  # what this run would have written stands above what is stored
                if earlier := self.told_before.get(each.source, each.ref):
                    found[(each.source, each.ref)] = earlier
        return found

    def _remember(self, new: NewCase, known: Known | None) -> None:
        if self.told_before is not None:
            self.told_before.put(new, known)

    def _reject(self, raw: RawRow, reject: Reject) -> None:
        self.result.rejected += 1
        if len(self.result.rejects) < 100:
            self.result.rejects.append(reject)
        if self.on_reject is not None:
            self.on_reject(raw, reject)

    def finish(self) -> None:
        if self.is_dry_run:
            return
        result, now = self.result, clock.now()
        totals = {
            "rows": result.rows,
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "rejected": result.rejected,
        }
        with writing():
            Import.update(finished_at=now, **totals).where(Import.id == self.run_id).execute()
            body = {"import": self.run_id, "file_sha256": self.source.sha256, **totals}
            journal.append(self.actor, now, [journal.Entry("import", now, body)])


class _ToldBefore:
    """What a dry run has met so far, in a private file that vanishes with it: memory stays bounded."""

    def __init__(self) -> None:
        self.store = apsw.Connection("")
        self.store.execute("CREATE TABLE told (key TEXT PRIMARY KEY, known BLOB)")

    def put(self, new: NewCase, earlier: Known | None) -> None:
        told = new.told
        known = Known(
            new.dispute_id, 0, told.order_ref, told.buyer_ref, told.seller_ref,
            earlier.first_row if earlier else f"from row {new.raw.number}", new.case,
            earlier.first_reason if earlier else told.reason, first_response(new.acts, earlier),
            {new.digest, *(earlier.digests if earlier else ())},
        )  # fmt: skip
        self.store.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?)", (_key(told.source, told.ref), pickle.dumps(known))
        )

    def get(self, source: str, ref: str) -> Known | None:
        row = self.store.execute("SELECT known FROM told WHERE key = ?", (_key(source, ref),)).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - this process wrote it


def _key(source: str, ref: str) -> str:
    return json.dumps([source, ref])


def first_response(acts: Iterable[dict[str, Any]], earlier: Known | None = None) -> PartyAct | None:
    """The seller's first move among `acts`, unless an earlier one is known."""
    if earlier is not None and earlier.response is not None:
        return earlier.response
    return next((PartyAct(act["move"]) for act in acts if act.get("party") == "seller" and "move" in act), None)


def _stored(source: str, refs: Sequence[str], *, is_locked: bool) -> Iterator[tuple[str, Known]]:
    if not bulk.found(Dispute, ("id",), ("source", source), ("ref", refs)):
        return  # as for most chunks of most files
    buyer, seller = Party.alias(), Party.alias()
    query: Any = (
        Dispute.select(Dispute.id, Dispute.ref, Dispute.row_version, Order.ref, buyer.ref, seller.ref)
        .join(Order)
        .switch(Dispute)
        .join(buyer, on=(Dispute.buyer == buyer.id))
        .switch(Dispute)
        .join(seller, on=(Dispute.seller == seller.id))
        .where((Dispute.source == source) & (Dispute.ref.in_(list(refs))))
        .order_by(Dispute.id)
        .tuples()
    )
    rows = list(query.for_update(of=Dispute) if is_locked and not is_sqlite() else query)
    if not rows:
        return
    digests: dict[int, set[str]] = {}
    first: dict[int, tuple[int, int]] = {}
    earlier: Any = (
        ImportRow.select(ImportRow.dispute, ImportRow.digest, ImportRow.run, ImportRow.number)
        .where(ImportRow.dispute.in_([row[0] for row in rows]))
        .order_by(ImportRow.id)
        .tuples()
    )
    for dispute_id, digest, run_id, number in earlier:
        digests.setdefault(dispute_id, set()).add(digest)
        first.setdefault(dispute_id, (run_id, number))
    for dispute_id, ref, version, order_ref, buyer_ref, seller_ref in rows:
        acts = acts_of(dispute_id)
        where = f"from row {first[dispute_id][1]} of import {first[dispute_id][0]}" if dispute_id in first else "here"
        known = Known(
            dispute_id, version, order_ref, buyer_ref, seller_ref, f"{where} (C{dispute_id})",
            effects.replayed(acts), acts[0][0].reason or "", first_response(act.body() for act, _ in acts),
            digests.get(dispute_id, set()),
        )  # fmt: skip
        yield ref, known


def _without_repeats(chunk: Sequence[ReadRow]) -> Iterator[list[ReadRow]]:
    """Cut the chunk wherever a reference comes again, so that each part knows the ones before it."""
    part: list[ReadRow] = []
    seen: set[tuple[str, str]] = set()
    for row in chunk:
        key = (row.case.source, row.case.ref) if row.case is not None else None
        if key in seen:
            yield part
            part, seen = [], set()
        part.append(row)
        if key is not None:
            seen.add(key)
    if part:
        yield part


_encode = json.JSONEncoder(ensure_ascii=True, default=str).encode


def _raw(raw: RawRow) -> str:
    return _encode(raw.values)
