"""What was bought."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField, fn

from models.tables.base import InstantField, MoneyField, Table
from models.tables.people import Party


class Order(Table):
    id = AutoField()
    source = TextField()
    ref = TextField()
    buyer = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    seller = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    currency = TextField()
    paid_minor = MoneyField(null=True)
    ordered_at = InstantField(null=True)
    shipped_at = InstantField(null=True)
    promised_by = InstantField(null=True)
    delivered_at = InstantField(null=True)
    completed_at = InstantField(null=True)
    protection_ends_at = InstantField(null=True)
    carrier = TextField(default="")
    tracking_no = TextField(default="")

    class Meta:
        table_name = "purchase"
        indexes = (
            (("ref", "source"), False),  # `order:`, the intake and the import; two sellers may share a number
            (("buyer", "ordered_at"), False),  # a buyer's orders
        )


Order.add_index(fn.LOWER(Order.ref), name="purchase_ref_any_case")  # `order:`


class Line(Table):
    """One item of an order."""

    id = AutoField()
    order = ForeignKeyField(Order, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    title = TextField(default="")
    amount_minor = MoneyField()

    class Meta:
        table_name = "line"
        indexes = ((("order", "number"), True),)
