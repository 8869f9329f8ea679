"""Peewee: fields, keys, indexes. No verbs; each index names the query that needs it.

A table's class is made when somebody imports it from here: a command works with five or fifteen of them, and to make
all takes as long as to open a store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.tables.base import database as database

_MODULES = {
    "Meta": "journal",
    "PolicyVersion": "policy",
    "PolicyActivation": "policy",
    "Agent": "people",
    "AgentKey": "agent_key",
    "Party": "people",
    "SellerHoliday": "people",
    "Contact": "people",
    "Order": "orders",
    "Line": "orders",
    "Dispute": "dispute",
    "Timer": "clock",
    "Watch": "following",
    "Reminder": "following",
    "Claim": "talks",
    "Offer": "talks",
    "Ask": "asking",
    "Message": "talks",
    "Evidence": "talks",
    "Outgoing": "outgoing",
    "Measure": "measure",
    "Flag": "measure",
    "Decision": "ruling",
    "Appeal": "ruling",
    "Refund": "ruling",
    "Goodwill": "ruling",
    "Event": "journal",
    "Import": "importing",
    "ImportRow": "importing",
    "Draft": "draft",
    "SavedView": "saved_view",
    "Visit": "visit",
}
"""Every table, parents before children, and the module that has it."""

if TYPE_CHECKING:
    from models.tables.agent_key import AgentKey as AgentKey
    from models.tables.asking import Ask as Ask
    from models.tables.base import Table
    from models.tables.clock import Timer as Timer
    from models.tables.dispute import Dispute as Dispute
    from models.tables.draft import Draft as Draft
    from models.tables.following import Reminder as Reminder
    from models.tables.following import Watch as Watch
    from models.tables.importing import Import as Import
    from models.tables.importing import ImportRow as ImportRow
    from models.tables.journal import Event as Event
    from models.tables.journal import Meta as Meta
    from models.tables.measure import Flag as Flag
    from models.tables.measure import Measure as Measure
    from models.tables.orders import Line as Line
    from models.tables.orders import Order as Order
    from models.tables.outgoing import Outgoing as Outgoing
    from models.tables.people import Agent as Agent
    from models.tables.people import Contact as Contact
    from models.tables.people import Party as Party
    from models.tables.people import SellerHoliday as SellerHoliday
    from models.tables.policy import PolicyActivation as PolicyActivation
    from models.tables.policy import PolicyVersion as PolicyVersion
    from models.tables.ruling import Appeal as Appeal
    from models.tables.ruling import Decision as Decision
    from models.tables.ruling import Goodwill as Goodwill
    from models.tables.ruling import Refund as Refund
    from models.tables.saved_view import SavedView as SavedView
    from models.tables.talks import Claim as Claim
    from models.tables.talks import Evidence as Evidence
    from models.tables.talks import Message as Message
    from models.tables.talks import Offer as Offer
    from models.tables.visit import Visit as Visit

    ALL: tuple[type[Table], ...]
else:

    def __getattr__(name: str) -> Any:
        if name == "ALL":
            found = tuple(map(__getattr__, _MODULES))
        elif name in _MODULES:
            found = getattr(import_module(f"models.tables.{_MODULES[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return globals().setdefault(name, found)
