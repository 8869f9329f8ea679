"""Writing a chunk of new cases: parties and orders that are missing, then each table once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from models.actor import Actor
from models.dataclass import dataclass
from models.imported import ImportedCase, RawRow, from_values, values_of
from models.operations import bulk, journal, telling, word_index
from models.operations.told_rows import CLAIM, ORDER, PARTS, PARTY, Numbered, ToldRows, answered, raw_json, told_rows
from models.rules import effects
from models.rules.case import Case
from models.rules.chain import canonical
from models.rules.windows import SellerFacts
from models.tables import Claim, Contact, Dispute, Line, Message, Order, Party
from models.vocabulary import Audience
from models.vocabulary import Party as Side

Contacts = tuple[str, str, str] | None
_encode = json.JSONEncoder(ensure_ascii=True).encode


@dataclass(slots=True)
class NewCase:
    """A row that becomes a case."""

    raw: RawRow
    values: tuple[Any, ...]
    """What the row tells, as `values_of` has it."""
    rows: ToldRows
    case: Case | None
    """Folded; None where another process did."""
    digest: str = ""
    """SHA-256 of everything the row told."""
    raw_json: str = ""
    """The row as it is kept."""
    words: str = ""
    """What the case is found by, if its parties and its order come with it."""
    buyer_id: int = 0
    seller_id: int = 0
    order_id: int = 0
    dispute_id: int = 0
    is_alone: bool = True
    """Its parties and its order are as its row tells them, so that its words are those of `rows`."""

    @property
    def told(self) -> ImportedCase:
        """Few are looked at again."""
        return from_values(self.values)

    def spell(self) -> None:
        """Work out what needs no rules; by whoever writes, so that neither of the two processes waits long."""
        self.digest = hashlib.sha256(_encode(self.values).encode()).hexdigest()
        self.raw_json = raw_json(self.raw)
        self.words = word_index.spelled(self.rows.texts)


def new_case(
    raw: RawRow,
    told: ImportedCase,
    agents: dict[str, int],
    policy_version: int,
    now: datetime,
    seller: SellerFacts | None = None,
) -> NewCase:
    """Fold the row's history into a case that follows this policy. `seller`: more than the row itself tells of them."""
    maker = told.decided_by if told.decided_by in agents else ""
    assignee = told.assignee if told.assignee in agents else ""
    seller = seller or telling.seller_told(told, {})
    acts = telling.acts_told(told, policy_version=policy_version, maker=maker, assignee=assignee, seller=seller)
    case = effects.replayed([(act, now) for act in acts])
    rows = told_rows(raw.number, told, case, [act.body() for act in acts], agents.get(case.assignee))
    return NewCase(raw, values_of(told), rows, case)


def write(actor: Actor, now: datetime, new: Sequence[NewCase], run_id: int) -> None:
    """Insert the cases and their events, inside the caller's transaction."""
    if not new:
        return
    _find_parties(new)
    _find_orders(new)
    _write_disputes(new)
    write_parts((each.dispute_id, part) for each in new for part in each.rows.parts)
    _write_texts(actor, now, new)
    word_index.insert([(each.dispute_id, each.words) for each in new if each.is_alone], are_new=True)
    word_index.refresh([each.dispute_id for each in new if not each.is_alone])
    journal.append(actor, now, [_entry(each, run_id) for each in new])


def _entry(each: NewCase, run_id: int) -> journal.Entry:
    rows = each.rows
    acts = rows.acts_json or canonical(rows.acts)
    # The canonical JSON of {"acts": …, "import": …}, of which the acts were spelled while nobody waited.
    body = f'{{"acts":{acts},"import":{run_id}}}'
    return journal.Entry("import", datetime.fromtimestamp(rows.opened_at, UTC), body, each.dispute_id, has_words=False)


def _find_parties(new: Sequence[NewCase]) -> None:
    buyers = _parties(Side.BUYER, {each.rows.buyer_ref: (each.rows.buyer, each.rows.contact) for each in new})
    sellers = _parties(Side.SELLER, {each.rows.seller_ref: (each.rows.seller, None) for each in new})
    for each in new:
        each.buyer_id, buyer_name = buyers[each.rows.buyer_ref]
        each.seller_id, seller_name = sellers[each.rows.seller_ref]
        each.is_alone = buyer_name == each.rows.buyer[0] and seller_name == each.rows.seller[0]


def _parties(side: Side, told: Mapping[str, tuple[tuple[Any, ...], Contacts]]) -> dict[str, tuple[int, str]]:
    """Ids and names by ref."""
    found = bulk.found(Party, ("ref", "id", "name"), ("side", side), ("ref", told))
    known: dict[str, tuple[int, str]] = {ref: (number, name) for ref, number, name in found}
    missing = [ref for ref in told if ref not in known]
    ids = dict(zip(missing, bulk.new_ids(Party, len(missing)), strict=True))
    bulk.insert(Party, ("id", "side", "ref", *PARTY), [(ids[ref], side, ref, *told[ref][0]) for ref in missing])
    contacts = [(ids[ref], *contact) for ref in missing if (contact := told[ref][1])]
    bulk.insert(Contact, ("party_id", "email", "phone", "address"), contacts)
    return known | {ref: (number, told[ref][0][0]) for ref, number in ids.items()}


def _find_orders(new: Sequence[NewCase]) -> None:
    known: dict[tuple[Any, ...], int] = {}
    by_source: dict[str, set[str]] = {}
    for each in new:
        by_source.setdefault(each.rows.source, set()).add(each.rows.order_ref)
    for source, refs in by_source.items():
        for *found, order_id in bulk.found(
            Order, ("ref", "buyer_id", "seller_id", "id"), ("source", source), ("ref", refs)
        ):
            known[(source, *found)] = order_id
    missing = {key: each for each in new if (key := _order_key(each)) not in known}
    ids = dict(zip(missing, bulk.new_ids(Order, len(missing)), strict=True))
    columns = ("id", "source", "ref", "buyer_id", "seller_id", *ORDER)
    bulk.insert(Order, columns, [(ids[key], *key, *each.rows.order) for key, each in missing.items()])
    for each in new:
        key = _order_key(each)
        each.order_id = known.get(key) or ids[key]
        each.is_alone &= key in missing and missing[key].rows.line[0] == each.rows.line[0]
    lines = [(ids[key], 1, *each.rows.line) for key, each in missing.items()]
    bulk.insert(Line, ("order_id", "number", "title", "amount_minor"), lines)


def _order_key(each: NewCase) -> tuple[str, str, int, int]:
    return each.rows.source, each.rows.order_ref, each.buyer_id, each.seller_id


def _write_disputes(new: Sequence[NewCase]) -> None:
    for each, dispute_id in zip(new, bulk.new_ids(Dispute, len(new)), strict=True):
        each.dispute_id = dispute_id
    columns = ("id", "order_id", "buyer_id", "seller_id", "assignee_id", *new[0].rows.columns)
    rows = [
        (each.dispute_id, each.order_id, each.buyer_id, each.seller_id, each.rows.assignee_id, *each.rows.dispute)
        for each in new
    ]
    bulk.insert(Dispute, columns, rows)


def write_parts(told: Iterable[tuple[int, Numbered]]) -> None:
    """Insert the numbered rows of several cases, each of one table, table by table."""
    found: dict[tuple[int, tuple[str, ...]], list[tuple[Any, ...]]] = {}
    for dispute_id, (table, columns, rows) in told:
        found.setdefault((table, columns), []).extend((dispute_id, *row) for row in rows)
    for table, columns in sorted(found):
        bulk.insert(PARTS[table], ("dispute_id", *columns), found[table, columns])


def _write_texts(actor: Actor, now: datetime, new: Sequence[NewCase]) -> None:
    recorded = int(now.timestamp()), actor.login
    claims = [(each.dispute_id, *each.rows.claim, *recorded) for each in new]
    bulk.insert(Claim, ("dispute_id", *CLAIM, "recorded_at", "recorded_by"), claims)
    write_answers(actor, now, ((each.dispute_id, each.rows.answer, each.rows.acts) for each in new))


def write_answers(
    actor: Actor, now: datetime, told: Iterable[tuple[int, tuple[str, str | None], list[dict[str, Any]]]]
) -> None:
    """What the sellers of cases wrote, and its translation, as messages.

    The acts point at them, so that it comes before their events.
    """
    said = [(case, answer, act) for case, answer, acts in told if answer[0] and (act := answered(acts))]
    if not said:
        return
    digest, recorded_at = journal.digester(), int(now.timestamp())
    rows = []
    for (case, (text, translation), act), text_id in zip(said, bulk.new_ids(Message, len(said)), strict=True):
        act |= {"audience": Audience.BOTH.value, "text_id": text_id, "text_digest": digest(text)}
        rows.append(
            (text_id, case, Side.SELLER.value, Audience.BOTH.value, act["verb"], text, translation, "",
             bool(act.get("is_automatic")), act["occurred_at"], recorded_at, actor.login)
        )  # fmt: skip
    columns = (
        "id", "dispute_id", "author", "audience", "kind", "text", "translation", "language", "is_automatic",
        "occurred_at", "recorded_at", "recorded_by",
    )  # fmt: skip
    bulk.insert(Message, columns, rows)
