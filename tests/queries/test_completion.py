"""What a query that is being typed may go on with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.queries.completion import offers
from models.queries.language import parse
from models.queries.terms import TERMS, Takes, Term, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("is:open ", ()),
        ("amo", ("amount>",)),
        ("AMO", ("amount>",)),
        ("is:open -(overdue", ("overdue:", "overdue_by>")),
        ("is:u", ("unassigned",)),
        ("not is:mine or -is:m", ("mine",)),
        ("is:mine", ()),
        ("ball:", words_of("ball")),
        ("state=in_r", ("in_review",)),
        ("reason:not_received/n", ("not_received/no_tracking",)),
        ("seller:b", ()),
        ('seller:"blue is:', ()),
        ('"blue lamp" sta', ("state:",)),
        ("nothing:of", ()),
        ("amount>2", ()),
    ],
)
def test_the_last_term_is_offered_what_it_may_be(text: str, words: tuple[str, ...]) -> None:
    assert offers(text).words == words


LISTED = [term for term in TERMS if term.takes is Takes.WORD]


@given(st.sampled_from(["", "is:open ", "not (", "-", '"a b" or ']), st.sampled_from(LISTED), st.integers(1, 30))
def test_taking_what_is_offered_until_nothing_is_leads_to_a_query(lead: str, term: Term, cut: int) -> None:
    text = lead + term.example[:cut]
    while (taken := offers(text).taken(text)) is not None:
        assert taken.startswith(text) and taken != text
        text = taken
    parse(text + ")" * text.count("("))
