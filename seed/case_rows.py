"""From a raw row to a case: its values read, checked against one another, and what is missing settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.errors import Refused
from models.formulas import unguarded
from models.imported import ImportedCase, RawRow, ReadRow, Reject
from models.rules import money
from models.vocabulary import PartyAct, State
from seed.columns import COLUMNS
from seed.headers import Plan
from seed.judging import RowRefused, judge
from seed.reading.rows import reject
from seed.reasons import ReadReason
from seed.values import NOTHING_PROMISED, Answer, Reading, currency_within, is_blank

_REQUIRED = tuple((column.field, column.name) for column in COLUMNS if column.is_required)
_NOTHING_PLANNED: Plan = ()
_PLANS_KEPT = 256
"""Objects may each have other keys; most files have a few shapes."""


class CaseRows:
    """Reads rows by the plan for their keys, which is made once for each set of keys."""

    def __init__(
        self, plan_for: Callable[[tuple[str, ...]], Plan], reading: Reading, source: str, *, is_guarded: bool
    ) -> None:
        """`is_guarded`: text cells may carry the `'` that keeps them from starting a formula."""
        self._plan_for = plan_for
        self._reading = reading
        self._source = source
        self._is_guarded = is_guarded
        self._plans: dict[tuple[str, ...], Plan] = {}

    def read(self, raw: RawRow, fault: Reject | None) -> ReadRow:
        if fault is not None:
            return ReadRow(raw, None, fault)
        values = _bare(raw.values) if self._is_guarded else raw.values
        column_name, value, plan = "", None, _NOTHING_PLANNED
        try:
            keys = tuple(values)
            plan = self._plans.get(keys) or self._make_plan(keys)
            reading = self._reading
            reading.marks, reading.currency = [], ""
            case: dict[str, Any] = {}
            for column, fetch in plan:
                column_name = column.name
                value = fetch(values)
                if (not value or value.isspace()) if value.__class__ is str else is_blank(value):
                    continue
                if column.is_money and not reading.currency:
                    case["currency"] = reading.currency = _currency_of(value)
                case[column.field] = column.read(value, reading, column_name)
                if column_name == "currency":
                    reading.currency = case["currency"]
            value = None
            return ReadRow(raw, self._case(case), None)
        except RowRefused as refusal:
            shown = next((fetch(values) for column, fetch in plan if column.name == refusal.column), "")
            return _rejected(raw, refusal.column, refusal, shown)
        except Refused as refusal:
            return _rejected(raw, column_name, refusal, value)

    def _case(self, case: dict[str, Any]) -> ImportedCase:
        for field, name in _REQUIRED:
            if field not in case:
                raise RowRefused(name, "missing_value", _missing(name))
        judge(case)
        _settle(case, self._reading.marks)
        case.setdefault("source", self._source)
        return ImportedCase(**case, marks=tuple(self._reading.marks))

    def _make_plan(self, keys: tuple[str, ...]) -> Plan:
        if len(self._plans) >= _PLANS_KEPT:
            self._plans.clear()
        plan = self._plans[keys] = self._plan_for(keys)
        return plan


def _rejected(raw: RawRow, column: str, refusal: Refused, value: object) -> ReadRow:
    return ReadRow(raw, None, reject(raw.number, column, refusal.rule, "" if value is None else value, str(refusal)))


def _currency_of(value: object) -> str:
    """Of an amount that stands without a currency column."""
    code = currency_within(value)
    if code is None:
        raise RowRefused("currency", "missing_value", _missing("currency"))
    money.exponent(code.upper())
    return code.upper()


def _missing(name: str) -> str:
    more = " (0 where no money is at stake)" if name == "amount" else ""
    return f"{name} is blank, and every case needs one{more}."


def _bare(values: Mapping[str, Any]) -> Mapping[str, object]:
    if "'" not in "".join(values.values()):
        return values
    return {key: unguarded(value) if isinstance(value, str) else value for key, value in values.items()}


def _settle(case: dict[str, Any], marks: list[str]) -> None:
    """Fills what the file leaves open, by rules that are the file format's own."""
    reason: ReadReason = case["reason"]
    case["reason"], case["needs_triage"] = reason.code, reason.needs_triage
    if "remedy" not in case and reason.remedy is not None:
        case["remedy"] = reason.remedy
    for field in ("seller", "resolution"):
        if case.get(f"{field}_due_at") is NOTHING_PROMISED:
            case[f"{field}_due_at"], case[f"{field}_has_no_clock"] = None, True
    _settle_answer(case, marks)
    has_ended = "outcome" in case or case.get("state") in (State.RESOLVED, State.CLOSED)
    if has_ended and "decided_at" not in case:
        known = ("opened_at", "notified_at", "responded_at", "escalated_at")
        case["decided_at"] = max(case[field] for field in known if field in case)
        marks.append("decided_at: not given, taken as the last instant that the row knows")


def _settle_answer(case: dict[str, Any], marks: list[str]) -> None:
    """A text alone is a reply too; what a machine wrote is none."""
    if "response" not in case and ("responded_at" in case or "response_text" in case):
        case["response"] = Answer.REPLY
    answer = case.pop("response", None)
    if answer is None:
        return
    if "responded_at" not in case:
        # Nobody is called late on the word of a file that does not say when.
        case["responded_at"] = case.get("notified_at") or case["opened_at"]
        marks.append("seller_responded_at: not given, taken as answered at once")
    if answer is Answer.AUTOMATIC:
        case["automatic_reply_at"] = case.pop("responded_at")
    else:
        case["response"] = PartyAct(answer)
