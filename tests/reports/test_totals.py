"""What reports add up to, beside plain SQL over the same store."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.actor import Actor
from models.columns import Money
from models.errors import Misused
from models.queries.ledgers import booked_of
from models.queries.reports import (
    APPEALS,
    BREACHES,
    DECISIONS,
    GOODWILL,
    REFUNDS,
    REPORTS,
    SELLERS,
    SLA,
    WORKLOAD,
    Asked,
    Report,
    read,
)
from models.queries.reports.measures import InMoney, Spread
from models.queries.reports.report import Key
from models.tables import database
from models.vocabulary import Ball, Role
from tests.queries.cases import ANN, NOW, Made

AT = int(NOW.timestamp())
TODAY = str(AT - AT % 86_400)
STANDING = """CASE WHEN t.ended_as IS NOT NULL THEN t.ended_as
WHEN t.due_at < {now} AND NOT (t.paused_at IS NOT NULL AND t.paused_until IS NULL) THEN 'breached' ELSE 'running' END"""


def sql(text: str) -> list[tuple[Any, ...]]:
    """The store itself, asked behind the program's back."""
    return [tuple(row) for row in database.execute_sql(text.replace("{now}", str(AT)).replace("{today}", TODAY))]


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
    assert all(found[key] for key in keys), "the cases must tell them apart"


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
    in_money = {each.of for each in report.measures if isinstance(each, InMoney)}
    of_spreads = {column.key for spread in spreads for column in spread.columns}
    for key in report.keys:
        summed: defaultdict[str, int] = defaultdict(int)
        for values, group in grouped(report, key.name).items():
            for name_of, number in group.items():
                if name_of not in of_spreads and isinstance(number, int):
                    summed[f"{name_of} {currency_of(key, values)}" if name_of in in_money else name_of] += number
        assert summed == {name_of: each for name_of, each in whole.items() if name_of in summed}
        assert {name_of for name_of, each in whole.items() if isinstance(each, int)} - of_spreads == set(summed)


def currency_of(key: Key, values: tuple[Any, ...]) -> str:
    return str(values[0] if key.name == "currency" else values[1])


@pytest.mark.parametrize("name", REPORTS)
def test_rows_alone_are_the_same_and_add_up_to_nothing(name: str, desk: list[Made]) -> None:
    whole, alone = read(REPORTS[name], ANN), read(REPORTS[name], ANN, has_totals=False)
    assert list(alone.rows) == list(whole.rows)
    assert alone.totals() == []
    assert whole.totals() != []


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
    ruled = {made.id for made in desk for each in made.case.rulings if each.maker == "Bea" and each.issued_at}
    expected = {made.id for made in desk if made.case.assignee == "Bea" or (made.case.is_ruled and made.id in ruled)}
    assert cases == {f"C{number}" for number in expected} and 0 < len(expected) < len(desk) // 2


def test_what_cannot_be_grouped_is_refused_with_the_nearest_word(desk: list[Made]) -> None:
    with pytest.raises(Misused, match="did you mean seller"):
        read(SLA, ANN, Asked(by=("seler",)))
    with pytest.raises(Misused, match="twice"):
        read(SLA, ANN, Asked(by=("clock", "clock")))
    with pytest.raises(Misused, match="present only"):
        read(SLA, ANN, Asked(by=("agent",), at=NOW))


def test_breaches_add_up_as_sql_says(desk: list[Made]) -> None:
    found = totals(BREACHES)
    late = f"{STANDING} IN ('missed', 'met_late_recorded', 'breached') AND t.due_at < {{now}}"
    rows = sql(
        f"""SELECT t.kind, {STANDING}, COALESCE(t.stopped_at, {{now}}) - t.due_at FROM timer t
        WHERE t.kind <> 'appeal_window' AND {late}"""
    )
    assert found["breaches"] == len(rows) > 50
    for key, standing in (("missed", "missed"), ("met_late_recorded", "met_late_recorded"), ("running", "breached")):
        assert found[key] == sum(row[1] == standing for row in rows) > 0
    assert found["seconds_late_p90"] == percentile([max(0, int(row[2])) for row in rows], 90)
    booked = {to: group["breaches"] for (to,), group in grouped(BREACHES, "booked_to").items()}
    assert {f"by_{party}": booked[party] for party in ("buyer", "seller", "platform")} == {
        key: number for key, number in found.items() if key.startswith("by_")
    }
    clocks = {clock: group["breaches"] for (clock,), group in grouped(BREACHES, "clock").items()}
    assert clocks == {clock: sum(row[0] == clock for row in rows) for clock in {row[0] for row in rows}}


def test_a_broken_resolution_is_booked_to_whoever_the_ledger_says(desk: list[Made]) -> None:
    keys = [column.key for column in BREACHES.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in read(BREACHES, ANN).rows]
    booked = booked_of([made.id for made in desk], NOW)
    resolutions = [row for row in rows if row["clock"] == "resolution" and row["standing"] != "met_late_recorded"]
    assert {row["booked_to"] for row in resolutions} > {"seller"}
    for row in resolutions:
        told = booked[int(str(row["case"])[1:])]
        had = [row["buyer_seconds"], row["seller_seconds"], row["platform_seconds"]]
        assert had == [told.ledger.seconds_of(ball) for ball in (Ball.BUYER, Ball.SELLER, Ball.PLATFORM)]
        assert row["booked_to"] in told.blame.values()
    assert all(row["booked_to"] == "seller" for row in rows if row["clock"] == "seller_response")


def test_breaches_go_by_their_due_instant(desk: list[Made]) -> None:
    since, until = NOW - timedelta(days=6), NOW - timedelta(days=2)
    keys = [column.key for column in BREACHES.columns]
    due = [row[keys.index("due_at")] for row in read(BREACHES, ANN, Asked(since=since, until=until)).rows]
    every = [row[keys.index("due_at")] for row in read(BREACHES, ANN).rows]
    assert due == sorted(each for each in every if isinstance(each, datetime) and since <= each <= until) != every


def test_the_workload_is_what_is_open(desk: list[Made]) -> None:
    found = grouped(WORKLOAD, "agent")
    rows = sql(
        """SELECT a.login, COUNT(*), MIN(d.next_due_at),
        SUM(CASE WHEN EXISTS (SELECT 1 FROM timer t WHERE t.dispute_id = d.id AND t.stopped_at IS NULL
            AND t.kind <> 'appeal_window' AND t.due_at < {now}
            AND NOT (t.paused_at IS NOT NULL AND t.paused_until IS NULL))
            THEN 1 ELSE 0 END),
        SUM(CASE WHEN d.next_due_at >= {today} AND d.next_due_at < {today} + 86400 THEN 1 ELSE 0 END)
        FROM dispute d LEFT JOIN agent a ON a.id = d.assignee_id WHERE d.is_open GROUP BY a.login"""
    )
    assert {login for (login,) in found} == {row[0] for row in rows} and len(rows) == 3
    for login, count, due_at, late, today in rows:
        assert found[(login,)] == {
            "open": count, "due_today": int(today), "is_overdue": int(late),
            "next_due_at": datetime.fromtimestamp(due_at, UTC),
        }  # fmt: skip
    assert totals(WORKLOAD)["due_today"] > 0
    with pytest.raises(Misused, match="no dates"):
        read(WORKLOAD, ANN, Asked(since=NOW))


def test_sellers_add_up_as_sql_says(desk: list[Made]) -> None:
    rows = sql(
        f"""SELECT p.ref, d.currency, COUNT(*), SUM(CASE WHEN d.is_open THEN 1 ELSE 0 END),
        SUM(CASE WHEN d.outcome = 'withdrawn' THEN 1 ELSE 0 END), SUM(d.amount_minor),
        SUM(CASE WHEN d.outcome IS NULL THEN 0 ELSE d.refund_minor END), SUM(d.chasers),
        SUM((SELECT COUNT(*) FROM timer t WHERE t.dispute_id = d.id AND t.kind = 'seller_response'
            AND {STANDING} IN ('missed', 'met_late_recorded', 'breached'))),
        SUM((SELECT COUNT(*) FROM timer t WHERE t.dispute_id = d.id AND t.kind = 'seller_response'
            AND {STANDING} IN ('met', 'missed', 'met_late_recorded', 'breached')))
        FROM dispute d JOIN party p ON p.id = d.seller_id WHERE d.state <> 'draft' GROUP BY p.ref, d.currency"""
    )
    found = grouped(SELLERS, "seller")
    assert set(found) == {(row[0], row[1]) for row in rows} and len(rows) > 8
    keys = ("cases", "is_open", "withdrawn", "amount", "refund_amount", "chasers", "missed", "promised")
    for seller, currency, *numbers in rows:
        group = found[(seller, currency)]
        assert [group[key] for key in keys] == [int(number) for number in numbers]
    assert totals(SELLERS)["missed"] > 0


def test_refunds_add_up_as_sql_says(desk: list[Made]) -> None:
    rows = sql(
        """SELECT d.payer, d.currency, COUNT(*), SUM(d.refund_minor),
        SUM((SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund r WHERE r.dispute_id = d.id AND r.state = 'confirmed'))
        FROM dispute d WHERE d.outcome IS NOT NULL AND d.decided_at IS NOT NULL
        AND (d.refund_minor > 0 OR d.confirmed_minor > 0) GROUP BY d.payer, d.currency"""
    )
    found = grouped(REFUNDS, "payer")
    assert set(found) == {(row[0], row[1]) for row in rows} and len({row[0] for row in rows}) == 2
    for payer, currency, count, owed, confirmed in rows:
        group = found[(payer, currency)]
        assert (group["cases"], group["refund_amount"], group["confirmed_amount"]) == (count, int(owed), int(confirmed))
        assert group["outstanding_amount"] == int(owed) - int(confirmed)
    whole = totals(REFUNDS)
    states = ("waiting", "due", "instructed", "confirmed", "failed")
    assert sum(whole[state] for state in states) == whole["cases"]
    assert all(whole[state] for state in states), "the cases must tell them apart"


def test_goodwill_adds_up_as_sql_says_and_is_in_no_refund(desk: list[Made]) -> None:
    rows = sql(
        """SELECT g.state, d.currency, COUNT(*), SUM(g.amount_minor) FROM goodwill g JOIN dispute d
        ON d.id = g.dispute_id GROUP BY g.state, d.currency"""
    )
    found = grouped(GOODWILL, "payment_state")
    assert {(state, currency) for state, currency, *_ in rows} == set(found)
    assert {state for state, *_ in rows} == {"instructed", "confirmed", "failed"}
    for state, currency, count, amount in rows:
        assert (found[(state, currency)]["payments"], found[(state, currency)]["amount"]) == (count, int(amount))
    refunded = sql("SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE state = 'confirmed'")[0][0]
    assert sum(group["confirmed_amount"] for group in grouped(REFUNDS, "payer").values()) == int(refunded)


def test_appeals_add_up_as_sql_says(desk: list[Made]) -> None:
    rows = sql("SELECT CASE WHEN result = '' THEN 'waiting' ELSE result END, COUNT(*) FROM appeal GROUP BY 1")
    found = grouped(APPEALS, "result")
    assert len(rows) == 5
    by_result: Counter[str] = Counter()
    for (result, _), group in found.items():
        by_result[result] += group["appeals"]
    assert by_result == dict(rows)
    seconds = [row[0] for row in sql("SELECT ruled_at - filed_at FROM appeal WHERE ruled_at IS NOT NULL")]
    assert totals(APPEALS)["seconds_taken_p50"] == percentile(seconds, 50)


def test_an_appeal_shows_what_it_changed(desk: list[Made]) -> None:
    keys = [column.key for column in APPEALS.columns]
    rows: list[dict[str, Any]] = [dict(zip(keys, row, strict=True)) for row in read(APPEALS, ANN).rows]
    ids = {f"C{made.id}": made.case for made in desk}
    for row in rows:
        rulings = {each.number: each for each in ids[row["case"]].rulings}
        (appeal,) = ids[row["case"]].appeals
        before = rulings[appeal.against]
        assert (row["outcome_before"], row["refund_before"].amount_minor) == (before.outcome, before.refund_minor)
        if appeal.result is None:
            assert (row["result"], row["refund_difference"], row["ruled_by"]) == ("waiting", None, None)
        else:
            assert (row["result"], row["ruled_by"]) == (appeal.result, "Bea")
            assert row["refund_after"].amount_minor == ids[row["case"]].refund_minor
            assert row["refund_difference"].amount_minor == ids[row["case"]].refund_minor - before.refund_minor


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_can_be_turned_back(name: str, desk: list[Made]) -> None:
    at = NOW - timedelta(hours=60)
    rows = list(read(REPORTS[name], ANN, Asked(at=at)).rows)
    assert rows
    for row in rows:
        dated = [value for value, column in zip(row, REPORTS[name].columns, strict=True)
                 if isinstance(value, datetime) and column.key.startswith(("opened", "decided", "stopped", "started",
                                                                           "filed", "ruled", "confirmed"))]  # fmt: skip
        assert all(each <= at for each in dated), row
