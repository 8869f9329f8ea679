"""Peewee: fields, keys, indexes. No verbs; each index names the query that needs it."""

from models.tables.agent_key import AgentKey
from models.tables.asking import Ask
from models.tables.base import database
from models.tables.clock import Timer
from models.tables.dispute import Dispute
from models.tables.draft import Draft
from models.tables.following import Reminder, Watch
from models.tables.importing import Import, ImportRow
from models.tables.journal import Event, Meta
from models.tables.measure import Flag, Measure
from models.tables.orders import Line, Order
from models.tables.outgoing import Outgoing
from models.tables.people import Agent, Contact, Party, SellerHoliday
from models.tables.policy import PolicyActivation, PolicyVersion
from models.tables.ruling import Appeal, Decision, Goodwill, Refund
from models.tables.saved_view import SavedView
from models.tables.talks import Claim, Evidence, Message, Offer
from models.tables.visit import Visit

ALL = (
    Meta,
    PolicyVersion,
    PolicyActivation,
    Agent,
    AgentKey,
    Party,
    SellerHoliday,
    Contact,
    Order,
    Line,
    Dispute,
    Timer,
    Watch,
    Reminder,
    Claim,
    Offer,
    Ask,
    Message,
    Evidence,
    Outgoing,
    Measure,
    Flag,
    Decision,
    Appeal,
    Refund,
    Goodwill,
    Event,
    Import,
    ImportRow,
    Draft,
    SavedView,
    Visit,
)
"""Every table, parents before children."""

__all__ = [
    "ALL", "Agent", "AgentKey", "Appeal", "Ask", "Claim", "Contact", "Decision", "Dispute", "Draft", "Event",
    "Evidence", "Flag", "Goodwill", "Import", "ImportRow", "Line", "Measure", "Message", "Meta", "Offer", "Order",
    "Outgoing", "Party", "PolicyActivation", "PolicyVersion", "Refund", "Reminder", "SavedView", "SellerHoliday",
    "Timer", "Visit", "Watch", "database",
]  # fmt: skip
