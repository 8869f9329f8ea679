"""The registry of verbs: what the footer, the keys and the help promise."""

from __future__ import annotations

import pytest

from models.rules.act import Verb as Act
from screens.case_verbs import CaseVerbs
from screens.deeds import DEEDS
from screens.party.deeds import DEEDS as PARTY_DEEDS
from screens.verbs import FOOTERS, VERBS, Place, footer_of, verb, verbs_at

OWN_SCREEN = {Act.DECIDE, Act.RULE}


@pytest.mark.parametrize("place", list(Place))
def test_a_footer_fits_eighty_columns(place: Place) -> None:
    shown = footer_of(place)
    assert len(shown) <= 6
    assert sum(len(f" {each.key_shown} {each.label} ") for each in shown) <= 80
    assert all(place in verb(id).places for id in FOOTERS[place])


@pytest.mark.parametrize("place", list(Place))
def test_no_key_means_two_things_on_one_screen(place: Place) -> None:
    keys = [key for each in verbs_at(place) for key in each.keys]
    assert sorted(keys) == sorted(set(keys))


def test_every_verb_on_a_case_has_a_key_a_tooltip_and_something_to_do() -> None:
    for each in VERBS:
        assert each.keys and each.label and each.tooltip
        if each.act is not None:
            assert hasattr(CaseVerbs, f"do_{each.name}")
            assert each.act in DEEDS or each.act in OWN_SCREEN


def test_what_cannot_be_undone_asks_with_its_consequence() -> None:
    assert {each.id for each in VERBS if each.is_final} == {id for id, deed in PARTY_DEEDS.items() if deed.question}
    dangerous = {each.act for each in VERBS if each.is_dangerous and each.act}
    assert dangerous == {*OWN_SCREEN, Act.APPROVE, Act.REFUND, Act.WITHDRAW, Act.CLOSE, Act.MERGE, Act.GOODWILL}
    assert all(DEEDS[act].question for act in dangerous - {*OWN_SCREEN, Act.APPROVE} if act)
