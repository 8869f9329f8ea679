"""What is taken as a policy, and how what is not is told: by line, key, range and nearest name."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Misused
from models.rules import policy_file
from models.rules.policy import SHIPPED_FILE, Policy, policy
from models.rules.policy_diff import Difference, differences
from models.rules.policy_lines import Lines
from models.vocabulary import ClockKind, EvidenceKind, Party

SHIPPED = SHIPPED_FILE.read_text("utf-8")


def changed(*changes: tuple[str, str]) -> str:
    text = SHIPPED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_of(part: str, text: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def refused(text: str) -> str:
    with pytest.raises(Misused) as fault:
        policy_file.new(text, 2)
    return str(fault.value)


def test_the_shipped_policy_is_taken_as_it_is() -> None:
    assert policy_file.new(SHIPPED, 1) == policy_file.stored(SHIPPED, 1) == policy(1)


def test_a_change_holds_and_nothing_else_does() -> None:
    found = policy_file.new(changed(('review = "5d"', 'review = "4d"')), 2)
    assert found.clocks[ClockKind.REVIEW] == timedelta(days=4)
    assert {**found.clocks, ClockKind.REVIEW: timedelta(days=5)} == policy(1).clocks
    assert found.version == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('seller_response = "5d"', 'seller_response = "8d"', 'clocks.seller_response: "8d" is not between 3d and 7d'),
        ('seller_response = "5d"', 'seller_response = "2d"', "not between 3d and 7d"),
        ('seller_response = "5d"', "seller_response = 5", 'clocks.seller_response: 5 is no time: write it as "3d"'),
        ('seller_response = "5d"', 'seller_response = "5 days"', '"5 days" is no time'),
        ('review = "5d"', 'reviw = "5d"', "clocks.reviw: is no key of a policy; did you mean clocks.review?"),
        ('first_touch = "8h of desk"', 'first_touch = "8h of dek"', "did you mean desk?"),
        ('resolution = "15d"', 'resolution = "90h of desk"', "clocks.resolution: counts every second"),
        ('zone = "UTC"', 'zone = "Utc/X"', "calendars.desk: 'Utc/X' is no time zone"),
        ('hours = "Mon-Fri 09:00-18:00"', 'hours = "Mon 9-18"', "calendars.desk: In the hours"),
        ("holidays = []", 'holiday = []', "has a key 'holiday'"),
        ('may_escalate_after = "5d"', 'may_escalate_after = "9d"', "9d is longer than talks.auto_escalate_after, 7d"),
        ("same_buyer_decisions = 3", "same_buyer_decisions = 0", "0 is not between 1 and 100"),
        ("same_buyer_decisions = 3", "same_buyer_decisions = true", "true is no whole number"),
        ("notifies_at_opening = true", 'notifies_at_opening = "yes"', '"yes" is neither true nor false'),
        ("[10, 20, 30, 50, 70]", "[10, 200]", "200 is not between 1 and 100"),
        ("[10, 20, 30, 50, 70]", "10", "10 is no list"),
        ('USD = "200"', 'USX = "200"', "high_value.USX"),
        ('USD = "200"', 'USD = "0"', "high_value.USD: a line is above 0"),
        ('JPY = "30000"', 'JPY = "30000.5"', "more decimals than JPY"),
        ('"customs_notice"', '"custom_notice"', "did you mean customs_notice?"),
        ('reason = "damaged"', 'reason = "damagd"', "did you mean damaged?"),
        ('side = "buyer"', 'side = "buyr"', "evidence.needs[0].side"),
        ('side = "buyer"', 'side = "platform"', "the buyer or the seller"),
        ('only = ["above_high_value"]', 'only = ["high"]', "evidence.needs[6].only"),
        ('types = ["pdf",', 'types = ["exe",', "evidence.files.types"),
        ("file_bytes_at_most = 10_000_000", "file_bytes_at_most = 60_000_000", "more than a whole side may have"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_its_key_and_what_would_be_taken(old: str, new: str, said: str) -> None:
    text = changed((old, new))
    found = refused(text)
    assert said in found, found
    if re.match("(clocks|talks|high_value)", said):
        assert f"line {line_of(new.split(' = ')[0], text)}, {said}" in found
    assert found.count("\n") == 0


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    found = refused(changed(('refund = "3d"', 'refund = "900d"'), ('notify = "24h"', 'notify = "x"')))
    assert found.index("clocks.notify") < found.index("clocks.refund")


def test_a_missing_key_is_told_with_the_section_where_it_belongs() -> None:
    found = refused(changed(('offer_lives = "3d"\n', "")))
    assert f"line {line_of('[talks]', SHIPPED)}, talks.offer_lives: is missing" in found


def test_what_is_no_toml_is_told_with_its_place() -> None:
    assert refused("[clocks\n").startswith("The policy is no TOML: line 1")


def test_a_stored_policy_is_read_whatever_is_asked_of_a_new_one() -> None:
    """Ranges may narrow and keys may come with a later program; what a case was promised stays."""
    old = changed(('seller_response = "5d"', 'seller_response = "9d"'), ('approval_expires = "24h"\n', ""))
    found = policy_file.stored(old, 7)
    assert found.clocks[ClockKind.SELLER_RESPONSE] == timedelta(days=9)
    assert (found.approval_expires, found.version) == (policy(1).approval_expires, 7)


def test_a_calendar_of_ones_own_is_counted_by() -> None:
    night = '[calendars.night]\nzone = "Asia/Tokyo"\nhours = "Mon-Sun 20:00-24:00"\n\n'
    text = changed(
        ('approval = "8h of desk"', 'approval = "6h of night"'), ("[calendars.desk]", f"{night}[calendars.desk]")
    )
    found = policy_file.new(text, 2).open_time(ClockKind.APPROVAL)
    assert found is not None and (found.calendar.name, found.length) == ("night", timedelta(hours=6))


def test_two_policies_of_one_number_keep_their_own_hours() -> None:
    """Another store has another second version."""
    one, other = (policy_file.new(changed(('first_touch = "8h', f'first_touch = "{hours}h')), 2) for hours in (3, 4))
    for found, hours in ((one, 3), (other, 4)):
        promise = found.open_time(ClockKind.FIRST_TOUCH)
        assert promise is not None and promise.length == timedelta(hours=hours)


def test_differences_are_told_key_by_key_and_rows_whatever_their_order() -> None:
    rows = SHIPPED.index("[[evidence.needs]]")
    first, *others = SHIPPED[rows:].split("[[evidence.needs]]")[1:]
    reordered = SHIPPED[:rows] + "".join(f"[[evidence.needs]]{each}\n" for each in (*others, first))
    assert list(differences(SHIPPED, reordered)) == []
    text = changed(('review = "5d"', 'review = "4d"'), ('USD = "200"\n', ""), ('"non_delivery_statement"', '"other"'))
    assert list(differences(SHIPPED, text)) == [
        Difference("clocks.review", "5d", "4d"),
        Difference("evidence.needs", _row("non_delivery_statement"), None),
        Difference("evidence.needs", None, _row("other")),
        Difference("high_value.USD", "200", None),
    ]


def _row(kind: str) -> str:
    return f'reason = "not_received/marked_delivered", side = "buyer", one_of = ["{kind}"]'


def test_lines_of_keys_in_every_form_of_toml() -> None:
    text = '\n'.join((
        'a = [', '  1, # ]', '  "]",', ']', 'b."c d" = """', 'x = 1', '"""', '[ s . t ]', "'k' = { v = 1 }",
        "[[rows]]", "n = 1", "[[rows]]", "n = 2",
    ))  # fmt: skip
    tomllib.loads(text)
    lines = Lines(text)
    keys = ("a", "b.c d", "s.t", "s.t.k", "s.t.k.v", "rows[0]", "rows[0].n", "rows[1].n", "rows[1].m")
    assert [lines.of(key) for key in keys] == [1, 5, 8, 9, 9, 10, 11, 13, 12]
    assert (lines.of("x"), lines.of("s.u")) == (None, None)


VALUES = st.one_of(st.booleans(), st.integers(), st.text(max_size=6), st.lists(st.integers(), max_size=2))


@given(st.data())
def test_whatever_is_written_is_a_policy_or_refused_with_a_sentence(data: st.DataObject) -> None:
    lines = SHIPPED.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(lines) - 1))
        key = lines[number].split(" = ")[0]
        text = json.dumps(data.draw(VALUES))
        lines[number] = data.draw(st.sampled_from([f"{key} = {text}", text, "", f"[{key}]", lines[number][:-1]]))
    text = "\n".join(lines)
    with suppress(Misused):
        found = policy_file.new(text, 3)
        assert isinstance(found, Policy)
        assert all(isinstance(kind, EvidenceKind) for need in found.needs for kind in need.one_of)
        assert {need.side for need in found.needs} <= {Party.BUYER, Party.SELLER}
        assert policy_file.stored(text, 3) == found
