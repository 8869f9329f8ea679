"""Reading queries, and saying what is wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.queries import comparisons
from models.queries import compile as compiling
from models.queries.language import TERMS, QueryFault, parse
from models.queries.terms import IS_WORDS, NAMED
from models.queries.tree import All, Any, Compares, Has, Not, Query, Text
from tests.queries.questions import leaves, nodes

SIGNS = 'is:open seller:"a b" -not (or) and "\\"amount>10..20 due<24h 状態 "'


def test_the_languages_own_example_reads_as_it_says() -> None:
    text = 'is:overdue owner:none reason:not_received amount>200 seller:"Blue Star" opened>3d due<24h "cracked screen"'
    assert parse(text).root == All(
        (
            Has("is", "overdue"),
            Has("owner", "none"),
            Has("reason", "not_received"),
            Compares("amount", ">", "200"),
            Has("seller", "Blue Star"),
            Compares("opened", ">", "3d"),
            Compares("due", "<", "24h"),
            Text("cracked screen"),
        )
    )


def test_or_binds_less_than_a_space_and_a_minus_most() -> None:
    a, b, c = Text("a"), Text("b"), Text("c")
    assert parse("a b or -c").root == Any((All((a, b)), Not(c)))
    assert parse("a (b OR not c)").root == All((a, Any((b, Not(c)))))
    assert parse("a and b").root == parse("(a (b))").root == All((a, b))


def test_an_empty_query_is_every_case() -> None:
    assert parse(" \n ") == Query()


def test_quotes_make_words_of_signs_and_keywords() -> None:
    assert parse(r'"or" "a\"b" "-" "is:open"').root == All((Text("or"), Text('a"b'), Text("-"), Text("is:open")))


def test_words_of_closed_lists_come_in_any_case() -> None:
    assert parse("STATE:In_Review IS:Open").root == All((Has("state", "in_review"), Has("is", "open")))


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=9)


@given(st.builds(Query, nodes(leaves(of_the_past=False) | st.builds(Text, WORDS.filter(str.strip)))))
def test_a_query_written_down_reads_as_itself(query: Query) -> None:
    assert parse(str(query)) == query


@given(st.text() | st.text(SIGNS) | st.lists(st.sampled_from([*SIGNS.split(), "(", ")", '"', "-"])).map(" ".join))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    fault = fault_of(text)
    assert fault is None or 0 <= fault.position <= len(fault.text)
    assert fault is None or len(str(fault).splitlines()) == 3, "a sentence, the query, a caret"


def fault_of(text: str) -> QueryFault | None:
    """None where the text is a query; any other error comes through."""
    try:
        parse(text)
    except QueryFault as fault:
        return fault
    return None


@pytest.mark.parametrize(
    ("text", "position", "nearest"),
    [
        ("is:overdeu", 3, "overdue"),
        ("a sttae:open", 2, "state"),
        ("reason:not_recieved", 7, "not_received"),
        ("overdue:seller_respons", 8, "seller_response"),
        ("opened>todya", 7, "today"),
        ("amount>1,000", 7, None),
        ("amount>-5", 7, None),
        ("due<2026-02-30", 4, None),
        ("opened=..", 7, None),
        ("opened<2026-01-01..2026-02-01", 6, None),
        ("state<open", 5, None),
        ("(a or b", 0, None),
        ("a or", 4, None),
        ("or a", 0, None),
        ("a) b", 1, None),
        ('say "this', 4, None),
        ("seller:", 7, None),
        ('""', 0, None),
        ("not", 3, None),
        ("a\x00b", 1, None),
        ("-" * 50 + "a", 40, None),
    ],
)
def test_a_fault_points_at_its_place_and_proposes_the_nearest_word(
    text: str, position: int, nearest: str | None
) -> None:
    with pytest.raises(QueryFault) as caught:
        parse(text)
    assert (caught.value.position, caught.value.nearest) == (position, nearest)
    assert caught.value.exit_status == 2
    if nearest:
        assert nearest in caught.value.sentence


def test_the_caret_stands_below_the_place_where_signs_are_wide() -> None:
    with pytest.raises(QueryFault) as caught:
        parse('"日本" is:opne')
    assert str(caught.value).splitlines()[2] == " " * 12 + "^", "two blanks, a quote, two wide signs, a quote, ` is:`"


def test_a_long_query_is_refused() -> None:
    for text in ("a" * 4001, "a " * 101, "(" * 41 + "a" + ")" * 41):
        with pytest.raises(QueryFault):
            parse(text)


def test_every_term_has_an_example_that_reads_as_that_term_and_a_meaning() -> None:
    for term in TERMS:
        root = parse(term.example).root
        assert isinstance(root, Has | Compares)
        assert term.name in (root.name, f"{root.name}:{root.value}")
    assert set(compiling.IS) == set(IS_WORDS)
    assert {*compiling.HAS, *comparisons.COLUMNS, "amount", "overdue_by"} == set(NAMED)
