"""What reports add up to, beside plain SQL over the same store."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.actor import Actor
from models.columns import Money
from models.errors import Misused
from models.queries.reports import DECISIONS, REPORTS, SLA, Asked, Report, read
from models.queries.reports.measures import Spread
from models.tables import database
from models.vocabulary import Role
from tests.queries.cases import ANN, NOW, Made

AT = int(NOW.timestamp())
STANDING = """CASE WHEN t.ended_as IS NOT NULL THEN t.ended_as
WHEN t.due_at < {now} AND NOT (t.paused_at IS NOT NULL AND t.paused_until IS NULL) THEN 'breached' ELSE 'running' END"""


def sql(text: str) -> list[tuple[Any, ...]]:
    """The store itself, asked behind the program's back."""
    return [tuple(row) for row in database.execute_sql(text.replace("{now}", str(AT))).fetchall()]


def totals(report: Report, **asked: Any) -> dict[str, Any]:
    """By key; money by key and currency."""
    reading = read(report, ANN, Asked(**asked))
    list(reading.rows)
    found: dict[str, Any] = {}
    for each in reading.totals():
        key = f"{each.key} {each.value.currency}" if isinstance(each.value, Money) else each.key
        found[key] = plain(each.value)
    return found


def plain(value: Any) -> Any:
    return value.amount_minor if isinstance(value, Money) else value


def grouped(report: Report, *by: str, **asked: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    reading = read(report, ANN, Asked(by=by, **asked))
    keys, count = [column.key for column in reading.columns], len(reading.by)
    return {
        row[:count]: {key: plain(value) for key, value in zip(keys[count:], row[count:], strict=True)}
        for row in reading.rows
    }


def percentile(seconds: list[int], percent: int) -> int | None:
    """The least that at least so many percent of all do not exceed."""
    return next(
        (each for each in sorted(seconds) if sum(s <= each for s in seconds) * 100 >= percent * len(seconds)), None
    )


def test_decisions_add_up_as_sql_says(desk: list[Made]) -> None:
    found = totals(DECISIONS)
    rows = sql(
        """SELECT currency, COUNT(*), SUM(amount_minor), SUM(COALESCE(refund_minor, 0)) FROM dispute
        WHERE outcome IS NOT NULL AND decided_at IS NOT NULL GROUP BY currency"""
    )
    assert found["cases"] == sum(row[1] for row in rows) > 20 and len(rows) == 4
    for currency, _, amount, refund in rows:
        assert (found[f"amount {currency}"], found[f"refund_amount {currency}"]) == (int(amount), int(refund))
    for kind, key in (("seller_response", "seller_late"), ("resolution", "resolution_late")):
        late = f"""SELECT COUNT(DISTINCT d.id) FROM dispute d JOIN timer t ON t.dispute_id = d.id
        WHERE d.outcome IS NOT NULL AND t.kind = '{kind}' AND {STANDING} IN ('missed','met_late_recorded','breached')"""
        assert found[key] == sql(late)[0][0] > 0
    seconds = [row[0] for row in sql("SELECT decided_at - opened_at FROM dispute WHERE outcome IS NOT NULL")]
    assert [found[f"seconds_open_p{each}"] for each in (50, 90, 99)] == [percentile(seconds, p) for p in (50, 90, 99)]


def test_promises_add_up_as_sql_says(desk: list[Made]) -> None:
    standings = dict(
        sql(
            f"""SELECT {STANDING}, COUNT(*) FROM timer t
            WHERE t.kind <> 'appeal_window' AND t.started_at <= {{now}} GROUP BY 1"""
        )
    )
    found = totals(SLA)
    assert found["promises"] == sum(standings.values())
    keys = ("met", "missed", "met_late_recorded", "waived", "cancelled", "breached", "running")
    assert {key: found[key] for key in keys} == {key: standings.get(key, 0) for key in keys}
    assert all(found[key] for key in keys if key != "waived"), "the cases must tell them apart"


@pytest.mark.parametrize(
    ("key", "column"),
    [("clock", "t.kind"), ("reason", "d.reason"), ("seller", "p.ref"), ("agent", "COALESCE(r.maker, a.login)")],
)
def test_promises_are_grouped_as_sql_groups_them(key: str, column: str, desk: list[Made]) -> None:
    rows = sql(
        f"""SELECT {column}, {STANDING}, CASE WHEN t.ended_as IN ('met','missed','met_late_recorded')
        THEN t.stopped_at - t.started_at END FROM timer t
        JOIN dispute d ON d.id = t.dispute_id JOIN party p ON p.id = d.seller_id
        LEFT JOIN agent a ON a.id = d.assignee_id
        LEFT JOIN decision r ON r.dispute_id = d.id AND r.standing = 'issued' AND d.is_ruled
        WHERE t.kind <> 'appeal_window' AND t.started_at <= {{now}}"""
    )
    expected: defaultdict[Any, list[Any]] = defaultdict(list)
    for value, *rest in rows:
        expected[value].append(rest)
    found = grouped(SLA, key)
    assert {value for (value,) in found} == set(expected)
    for value, promises in expected.items():
        group = found[(value,)]
        assert group["promises"] == len(promises)
        assert group["missed"] == sum(standing == "missed" for standing, _ in promises)
        seconds = [taken for _, taken in promises if taken is not None]
        assert group["seconds_taken_p90"] == percentile(seconds, 90)


def test_the_owner_of_what_was_asked_is_whom_it_was_asked_of(desk: list[Made]) -> None:
    owners = {owner for clock, owner in grouped(SLA, "clock", "owner") if clock == "info"}
    assert owners == {"buyer"}
    assert ("negotiation_cap", "both") in grouped(SLA, "clock", "owner")


@pytest.mark.parametrize("name", REPORTS)
def test_every_total_can_be_computed_from_the_rows_and_from_the_groups(name: str, desk: list[Made]) -> None:
    report = REPORTS[name]
    columns = [column.key for column in report.columns]
    rows: list[dict[str, Any]] = [dict(zip(columns, row, strict=True)) for row in read(report, ANN).rows]
    whole = totals(report)
    (count, *_), spreads = whole.values(), [each for each in report.measures if isinstance(each, Spread)]
    assert count == len(rows) > 0
    for spread in spreads:
        seconds = [row[spread.of] for row in rows if row[spread.of] is not None]
        for percent in spread.percents:
            assert whole[f"{spread.of}_p{percent}"] == percentile(seconds, percent)
    of_spreads = {column.key for spread in spreads for column in spread.columns}
    for key in report.keys:
        summed: defaultdict[str, int] = defaultdict(int)
        for values, group in grouped(report, key.name).items():
            for name_of, number in group.items():
                is_money = report.is_in_money and name_of in ("amount", "refund_amount")
                if name_of not in of_spreads and isinstance(number, int):
                    summed[f"{name_of} {values[-1]}" if is_money else name_of] += number
        assert summed == {name_of: each for name_of, each in whole.items() if name_of in summed}
        assert {name_of for name_of, each in whole.items() if isinstance(each, int)} - of_spreads == set(summed)


def test_money_of_two_currencies_is_never_added(desk: list[Made]) -> None:
    reading = read(DECISIONS, ANN, Asked(by=("seller",)))
    assert reading.by == ("seller", "currency")
    at = [column.key for column in reading.columns].index("refund_amount")
    for row in reading.rows:
        money = row[at]
        assert isinstance(money, Money) and money.currency == row[1]
    assert read(DECISIONS, ANN, Asked(by=("currency", "seller"))).by == ("currency", "seller")


def test_days_and_months_are_those_of_the_zone_of_whoever_asks(desk: list[Made]) -> None:
    days = [row[0] for row in read(DECISIONS, ANN, Asked(by=("day",))).rows]
    assert days == sorted(days, key=str)
    expected = sql("SELECT decided_at FROM dispute WHERE outcome IS NOT NULL AND decided_at IS NOT NULL")
    assert set(days) == {f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}" for (at,) in expected}


def test_dates_bound_the_outcome_and_what_is_known_then_is_what_had_happened(desk: list[Made]) -> None:
    at = NOW - timedelta(hours=60)
    second = int(at.timestamp())
    then = totals(SLA, at=at)
    ((count, breached),) = sql(
        f"""SELECT COUNT(*), SUM(CASE WHEN (t.stopped_at IS NULL OR t.stopped_at > {second}) AND t.due_at < {second}
        AND NOT (t.paused_at IS NOT NULL AND t.paused_until IS NULL) THEN 1 ELSE 0 END)
        FROM timer t JOIN dispute d ON d.id = t.dispute_id
        WHERE t.kind <> 'appeal_window' AND t.started_at <= {second} AND d.opened_at <= {second}"""
    )
    assert (then["promises"], then["breached"]) == (count, int(breached)) and breached
    ((count,),) = sql(
        f"""SELECT COUNT(*) FROM timer t JOIN dispute d ON d.id = t.dispute_id
        WHERE t.kind <> 'appeal_window' AND t.started_at <= {{now}} AND d.decided_at >= {second}"""
    )
    assert totals(SLA, since=at)["promises"] == count > 0


def test_an_agent_reads_what_is_theirs(desk: list[Made]) -> None:
    bea = Actor("Bea", Role.AGENT)
    cases = {row[0] for row in read(SLA, bea).rows}
    assert cases == {f"C{made.id}" for made in desk if "Bea" in (made.case.assignee, made.case.decided_by)}


def test_what_cannot_be_grouped_is_refused_with_the_nearest_word(desk: list[Made]) -> None:
    with pytest.raises(Misused, match="did you mean seller"):
        read(SLA, ANN, Asked(by=("seler",)))
    with pytest.raises(Misused, match="twice"):
        read(SLA, ANN, Asked(by=("clock", "clock")))
    with pytest.raises(Misused, match="present only"):
        read(SLA, ANN, Asked(by=("agent",), at=NOW))
