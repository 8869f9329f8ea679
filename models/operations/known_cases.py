"""What is known of the cases that a file tells of: from the store, or from earlier rows of a dry run."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from models.database import is_sqlite
from models.dataclass import dataclass
from models.imported import ImportedCase
from models.operations import bulk
from models.operations.new_cases import NewCase
from models.operations.verdicts import Known
from models.queries.history import acts_of
from models.rules import effects
from models.tables import Dispute, ImportRow, Order, Party
from models.vocabulary import PartyAct


@dataclass(slots=True)
class Later:
    """What a row tells beyond a case that is known."""

    new: NewCase
    known: Known
    """Its case as it will be."""
    acts: list[dict[str, Any]]


class ToldBefore:
    """What a dry run has met so far, in a private file that vanishes with it: memory stays bounded."""

    def __init__(self) -> None:
        self.store = apsw.Connection("")
        self.store.execute("CREATE TABLE told (key TEXT PRIMARY KEY, known BLOB)")

    def put_new(self, new: NewCase) -> None:
        rows, told, case = new.rows, new.told, new.case
        assert case is not None  # a dry run folds its cases itself
        self._put(told, Known(
            0, 0, told.order_ref, told.buyer_ref, told.seller_ref, f"from row {rows.number}", case, told.reason,
            first_response(rows.acts or json.loads(rows.acts_json)), {new.digest},
        ))  # fmt: skip

    def put_later(self, later: Later) -> None:
        told, known = later.new.told, later.known
        self._put(told, Known(
            known.dispute_id, 0, told.order_ref, told.buyer_ref, told.seller_ref, known.first_row, known.case,
            known.first_reason, first_response(later.acts, known), {later.new.digest, *known.digests},
        ))  # fmt: skip

    def _put(self, told: ImportedCase, known: Known) -> None:
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


def stored(source: str, refs: Sequence[str], *, is_locked: bool) -> Iterator[tuple[str, Known]]:
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
