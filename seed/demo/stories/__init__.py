"""Handwritten cases that are worth opening. They come in the order in which a small store takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from seed.demo import goods
from seed.demo.script import Script
from seed.demo.stories import approvals, endings, reviews, talks
from seed.demo.telling import Teller

STORIES: tuple[Callable[[Teller], Script], ...] = (
    talks.silent_for_weeks,
    approvals.drone_without_4k,
    talks.counter_offer,
    reviews.answered_during_review,
    endings.partial_with_basis,
    talks.only_just_overdue,
    endings.instructed_not_confirmed,
    endings.withdrawn,
    talks.part_of_the_money_wanted,
    endings.goods_go_back,
    endings.delivery_proven,
    talks.just_rejected,
    approvals.platform_pays,
    approvals.own_proposal,
    approvals.sent_back_once,
    endings.failed_refund,
    endings.agreed_in_review,
    talks.offer_ran_out,
    reviews.empty_box,
    talks.late_on_paper_only,
    reviews.wrong_address,
    reviews.counterfeit,
    talks.back_at_sender,
    reviews.part_wanted_and_refused,
    talks.recoded,
    talks.carp_again(5.8, "US", goods.EARBUDS),
    talks.carp_again(7.4, "BR", goods.WATCH),
    talks.carp_again(9.1, "PL", goods.PHONE_CASE),
    talks.carp_again(12.6, "DE", goods.BIKE_LIGHTS),
    endings.same_buyer(31, "wrong"),
    endings.same_buyer(24, "poor"),
    endings.same_buyer(17, "poor"),
    endings.same_buyer(10, "wrong"),
)


def scripts(now: datetime, count: int) -> list[Script]:
    """The first `count` stories, around `now`."""
    tell = Teller(now)
    return [story(tell) for story in STORIES[:count]]
