"""Queries that nobody thought of."""

from __future__ import annotations

from hypothesis import strategies as st

from models.queries.terms import TERMS, Takes
from models.queries.tree import All, Any, Compares, Has, Node, Not, Query, Text

TEXTS = {
    "ref": ["R-3", "r-11", "R-999"],
    "order": ["o3", "O5"],
    "source": ["shop", "MARKET", "none"],
    "owner": ["none", "me", "BEA", "ann", "nobody"],
    "seller": ["s2", "S0", "lamp", "STRASSE", "örten", "灯", "%", "_"],
    "buyer": ["b4", "Ö", "blue l", "ＳＴＲＡＳＳＥ"],
}
PHRASES = ["SCREEN", "größe", "коробка", "箱", "50% off_", "back\\", "sla", "lamp", "grösse", 'no"where']
AMOUNTS = ["0", "9.99", "9.995", "10", "123.45", "1000", "20000", "0.0001", "12345678901.5"]
DURATIONS = ["0h", "1h", "24h", "3d", "5d", "7d", "120h", "2w", "10080m", "99999w"]
INSTANTS = [
    "today",
    "2026-03-09",
    "2026-02-28",
    "2026-03-10T12:00:00Z",
    "2026-03-08T12:00Z",
    "2026-03-05T14:00:00+02:00",
]
SIGNS = ["<", "<=", ">", ">=", "="]


def _compared(name: str, takes: Takes) -> st.SearchStrategy[Node]:
    pool = {
        Takes.AMOUNT: AMOUNTS,
        Takes.DURATION: DURATIONS,
        Takes.INSTANT: [*INSTANTS, *DURATIONS],
    }[takes]
    value = st.sampled_from([each.lower() for each in pool])
    single = st.builds(Compares, st.just(name), st.sampled_from(SIGNS), value)
    ends = st.tuples(value | st.just(""), value | st.just("")).filter(any)
    return single | st.builds(Compares, st.just(name), st.just("="), ends.map("..".join))


def leaves(*, of_the_past: bool) -> st.SearchStrategy[Node]:
    """Every term of the table, with values that meet the invented cases."""
    kinds: list[st.SearchStrategy[Node]] = [st.builds(Text, st.sampled_from(PHRASES))]
    for term in TERMS:
        if of_the_past and term.needs_present:
            continue
        if term.name.startswith("is:"):
            kinds.append(st.just(Has("is", term.name.removeprefix("is:"))))
        elif term.takes is Takes.WORD:
            words = ["resolved", "closed"] if of_the_past and term.name == "state" else list(term.values)
            kinds.append(st.builds(Has, st.just(term.name), st.sampled_from(words)))
        elif term.takes is Takes.TEXT:
            kinds.append(st.builds(Has, st.just(term.name), st.sampled_from(TEXTS[term.name])))
        else:
            kinds.append(_compared(term.name, term.takes))
    return st.one_of(kinds)


def nodes(leaf: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees as the parser makes them: groups of two or more, none within its own kind."""

    def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        every = several.filter(lambda parts: not any(isinstance(part, All) for part in parts)).map(All)
        either = several.filter(lambda parts: not any(isinstance(part, Any) for part in parts)).map(Any)
        return st.builds(Not, inner) | every | either

    return st.recursive(leaf, grown, max_leaves=5)


def queries(*, of_the_past: bool = False) -> st.SearchStrategy[Query]:
    return st.builds(Query, nodes(leaves(of_the_past=of_the_past)))
