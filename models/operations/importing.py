"""Cases from a file: every row ends as created, updated, unchanged or rejected, and the raw row is kept.

Rows go in by chunks, each its own short transaction under the writer's ticket, so that agents beside it hardly wait and
an import of any length needs the same memory. An import that was cut off is simply run again: what is in is unchanged.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from time import monotonic, sleep, thread_time

from models import clock
from models.actor import Actor
from models.database import is_sqlite, translated
from models.dataclass import dataclass
from models.imported import RawRow, ReadRow, Reject
from models.operations import bulk, journal, new_cases, projection, telling, verdicts
from models.operations.folding_ahead import Chunk, chunks
from models.operations.known_cases import Later, ToldBefore, stored
from models.operations.new_cases import NewCase
from models.operations.presence import present
from models.operations.told_rows import ToldRows, decisions, numbered, raw_json
from models.operations.transaction import writing
from models.operations.verdicts import Known
from models.queries.history import acts_of
from models.queries.policies import active_version
from models.queries.sellers import KnownSellers, facts_by_ref
from models.rules import effects
from models.rules.act import Verb
from models.rules.permissions import check_desk
from models.tables import Agent, Decision, Dispute, Import, ImportRow, database
from models.ticket import met_others, uncollected

IMPORT_LOCK = 44535056
CHUNK = 200
"""Rows for each writer's ticket while nobody else writes."""
MANY = 1_000
"""New cases after which PostgreSQL is asked to look at what it holds; until then it plans as if that were little."""
_LOOK = (
    "ANALYZE (SKIP_LOCKED) dispute, timer, party, purchase, line, claim, message, offer, decision, event, case_words"
)
HELD_SECONDS = 0.005
"""Of processor time for each ticket when others write too: rows take twice as long, an agent beside hardly waits."""


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
    with uncollected():  # of what a chunk is made of it would look fifteen times, and hardly anything hangs in a ring
        for chunk in chunks(rows, run.fold, CHUNK, may_fork=not is_dry_run):
            run.take(chunk)
            if on_progress is not None:
                on_progress(run.result)
            del chunk  # whatever still stands would be looked through
            gc.collect(1)
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
        self.told_before = ToldBefore() if is_dry_run else None
        self.fitting = CHUNK // 4
        """Rows for each ticket while others write, by how long the last took."""
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

    def take(self, chunk: Chunk) -> None:
        """Judge and write one chunk. A reference that comes twice in it is met in the second half as known."""
        self.result.rows += len(chunk.rows)
        for part in _parts(chunk.rows, self._most):
            self._fold_by_what_is_known(part, chunk.now)
            for new in part:
                if isinstance(new, NewCase):
                    new.spell()
            if self.is_dry_run:
                with translated():
                    self._judge(part, chunk.now)
            else:
                started = monotonic()
                with writing():
                    began = thread_time()
                    self._alone()
                    check_desk(present(self.actor), "import")
                    self._write(part, chunk.now)
                    a_row = (thread_time() - began) / len(part)
                self.fitting = max(1, min(CHUNK // 2, int(HELD_SECONDS / a_row)))
                if met_others():
                    sleep(monotonic() - started)  # as much again for the others, who may hardly get a core beside it

    def _most(self) -> int:
        """Rows of one ticket."""
        return self.fitting if met_others() else CHUNK

    def fold(self, row: ReadRow, now: datetime) -> NewCase | ReadRow:
        """The row as the case that it would be by itself: most of the work, and nobody waits for it."""
        if row.case is None:
            return row
        return new_cases.new_case(row.raw, row.case, self.agents, self.policy_version, now)

    def _fold_by_what_is_known(self, part: list[NewCase | ReadRow], now: datetime) -> None:
        """Again, where the store knows more of a seller than the row tells."""
        with translated():
            sellers = facts_by_ref({new.rows.seller_ref for new in part if isinstance(new, NewCase)})
        for place, new in enumerate(part):
            if isinstance(new, NewCase) and _is_more_known(new.rows, sellers):
                seller = telling.seller_told(new.told, sellers)
                part[place] = new_cases.new_case(new.raw, new.told, self.agents, self.policy_version, now, seller)

    def _alone(self) -> None:
        """PostgreSQL lets two imports of one file look at the same moment and both find nothing."""
        if not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (IMPORT_LOCK,))

    def _write(self, part: Sequence[NewCase | ReadRow], now: datetime) -> None:
        created, updated, rejected = self._judge(part, now)
        new_cases.write(self.actor, now, created, self.run_id)
        for later in updated:
            self._update(later, now)
        kept = [
            (self.run_id, new.rows.number, case_id, verdict, new.digest, new.raw_json, "", "")
            for verdict, group in (
                ("created", ((new, new.dispute_id) for new in created)),
                ("updated", ((later.new, later.known.dispute_id) for later in updated)),
            )
            for new, case_id in group
        ] + [
            (self.run_id, raw.number, None, "rejected", "", raw_json(raw), reject.column, reject.rule)
            for raw, reject in rejected
        ]
        columns = ("run_id", "number", "dispute_id", "verdict", "digest", "raw_json", "at_column", "rule")
        bulk.insert(ImportRow, columns, kept)

    def _judge(
        self, part: Sequence[NewCase | ReadRow], now: datetime
    ) -> tuple[list[NewCase], list[Later], list[tuple[RawRow, Reject]]]:
        created: list[NewCase] = []
        updated: list[Later] = []
        rejected = []
        known_cases = self._known([(new.rows.source, new.rows.ref) for new in part if isinstance(new, NewCase)])
        for new in part:
            if isinstance(new, ReadRow):
                reject = new.reject
            elif known := known_cases.get((new.rows.source, new.rows.ref)):
                reject = self._compare(new, known, updated, now)
            else:
                reject = None
                created.append(new)
                if self.told_before is not None:
                    self.told_before.put_new(new)
            if reject is not None:
                rejected.append((new.raw, reject))
                self._reject(new.raw, reject)
        self.result.created += len(created)
        self.result.updated += len(updated)
        return created, updated, rejected

    def _compare(self, new: NewCase, known: Known, updated: list[Later], now: datetime) -> Reject | None:
        if new.digest in known.digests:
            self.result.unchanged += 1
            return None
        told = new.told
        against = verdicts.contradiction(told, known)
        if against is not None:
            return Reject(
                row=new.rows.number,
                column=against.column,
                rule="repeated_reference",
                value=against.told,
                message=f"{told.source}:{told.ref} is already known {known.first_row} with {against.column} "
                f"{against.known}: give the row a reference of its own, or the known value.",
            )
        maker = told.decided_by if told.decided_by in self.agents else ""
        acts = telling.later_acts(told, known.case, maker=maker)
        if not acts:
            self.result.unchanged += 1
            return None
        for act in acts:
            effects.apply(known.case, act, now)
        later = Later(new, known, [act.body() for act in acts])
        updated.append(later)
        if self.told_before is not None:
            self.told_before.put_later(later)
        return None

    def _update(self, later: Later, now: datetime) -> None:
        told, known, case = later.new.told, later.known, later.known.case
        row = Dispute.get_by_id(known.dispute_id)
        row.row_version = known.row_version  # somebody who wrote in between is not overwritten
        before = effects.replayed(acts_of(known.dispute_id))
        rulings = len(before.rulings)
        projection.save(row, before, case)
        if len(case.rulings) > rulings:
            texts = {"note": told.decision_note, "maker": case.rulings[-1].maker or told.decided_by}
            last = (Decision.dispute == row.id) & (Decision.number == len(case.rulings))
            Decision.update(texts).where(last).execute()
        elif any(act["verb"] == Verb.DECIDE for act in later.acts) and (agreed := decisions(case, told, is_known=True)):
            new_cases.write_parts([(row.id, numbered(Decision, agreed))])
        new_cases.write_answers(self.actor, now, [(row.id, later.new.rows.answer, later.acts)])
        entry = journal.Entry("import", now, {"acts": later.acts, "import": self.run_id}, row.id)
        journal.append(self.actor, now, [entry])

    def _known(self, told: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        found = {}
        by_source: dict[str, list[str]] = {}
        for source, ref in told:
            by_source.setdefault(source, []).append(ref)
        for source, refs in by_source.items():
            for known_ref, known in stored(source, refs, is_locked=not self.is_dry_run):
                found[(source, known_ref)] = known
        if self.told_before is not None:
            for source, ref in told:  # what this run would have written stands above what is stored
                if earlier := self.told_before.get(source, ref):
                    found[(source, ref)] = earlier
        return found

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
        if result.created >= MANY and not is_sqlite():  # which gives an account that does not own them a warning only
            with translated():
                database.execute_sql(_LOOK)


def _parts(chunk: Sequence[NewCase | ReadRow], most: Callable[[], int]) -> Iterator[list[NewCase | ReadRow]]:
    """Cut the chunk wherever a reference comes again, so that each part knows the ones before it, and after `most`."""
    part: list[NewCase | ReadRow] = []
    seen: set[tuple[str, str]] = set()
    for row in chunk:
        key = (row.rows.source, row.rows.ref) if isinstance(row, NewCase) else None
        if key in seen or len(part) >= most():
            yield part
            part, seen = [], set()
        part.append(row)
        if key is not None:
            seen.add(key)
    if part:
        yield part


def _is_more_known(rows: ToldRows, sellers: KnownSellers) -> bool:
    """Of the row's seller than the row tells: then their time to answer may be another."""
    _, _, told_country, _, told_tier = rows.seller
    tier, country, away = sellers.get(rows.seller_ref, ("", "", ()))
    is_away = any(end.timestamp() > rows.notified_at for _, end in away)
    return bool((tier and not told_tier) or (country and not told_country) or is_away)
