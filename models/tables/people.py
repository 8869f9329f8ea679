"""Who works cases, and whose cases they are."""

from __future__ import annotations

from peewee import AutoField, BooleanField, ForeignKeyField, TextField

from models.tables.base import InstantField, Table


class Agent(Table):
    """A person of the platform."""

    id = AutoField()
    login = TextField(unique=True)
    name = TextField()
    role = TextField()
    is_active = BooleanField(default=True)
    created_at = InstantField()

    class Meta:
        table_name = "agent"


class Party(Table):
    """A buyer or seller, as a source names them."""

    id = AutoField()
    side = TextField()
    """buyer or seller."""
    ref = TextField()
    name = TextField(default="")
    name_folded = TextField(default="")
    """The name as `seller:` and `buyer:` compare it: any case, any script."""
    country = TextField(default="")
    language = TextField(default="")
    tier = TextField(default="")
    """Of a seller, in the marketplace's own word: the policy can give each tier its own time to answer."""

    class Meta:
        table_name = "party"
        indexes = ((("side", "ref"), True),)  # the import and `seller:` look a party up by its ref


class SellerHoliday(Table):
    """Time in which a seller has said that they are away. Called off it stays, and counts for nothing that begins."""

    id = AutoField()
    party = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    from_at = InstantField()
    to_at = InstantField()
    declared_at = InstantField()
    declared_by = TextField()
    called_off_at = InstantField(null=True)

    class Meta:
        table_name = "seller_holiday"
        indexes = ((("party", "to_at"), False),)  # what lies ahead of a seller


class Contact(Table):
    """Personal data of a party, apart from everything else so that it can be erased."""

    party = ForeignKeyField(Party, backref="+", primary_key=True, on_delete="RESTRICT")
    email = TextField(default="")
    phone = TextField(default="")
    address = TextField(default="")

    class Meta:
        table_name = "contact"
