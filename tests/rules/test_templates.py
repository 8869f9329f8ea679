"""Templates: whole, by language, and never sent with a hole."""

from __future__ import annotations

import re

import pytest

from models.errors import Misused, Refused
from models.rules.templates import DEFAULT_LANGUAGE, FIELD, FIELDS, Template, check_filled, filled, template, templates
from models.vocabulary import Audience

GREETING = Template("greeting", "hello", (Audience.BUYER,), {"en": "Hello {buyer_name}, {case}.", "pt": "Oi {case}."})


def test_every_template_that_ships_has_our_language_and_names_known_fields_only() -> None:
    for each in templates().values():
        assert DEFAULT_LANGUAGE in each.texts
        assert each.label and each.audiences and Audience.INTERNAL not in each.audiences
        for text in each.texts.values():
            assert set(re.findall(FIELD, text)) <= set(FIELDS)


def test_a_text_is_filled_in_the_language_that_is_nearest() -> None:
    values = {"buyer_name": "Ada {case}", "case": "C1"}
    assert filled(GREETING, "pt-BR", values) == "Oi C1."
    assert filled(GREETING, "he", values) == "Hello Ada {case}, C1.", "what a name holds is no field"


def test_an_unfilled_field_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="buyer_name") as refusal:
        filled(GREETING, "en", {"case": "C1", "buyer_name": " "})
    assert refusal.value.rule == "unfilled_field"
    with pytest.raises(Refused):
        check_filled("Dear {seller_name}")
    check_filled("A brace {of_nobody} is only text.")


def test_an_unknown_template_proposes_the_nearest() -> None:
    with pytest.raises(Misused, match="still_working"):
        template("still_workin")
