"""The driver of PostgreSQL, which Peewee does not find while it loads: see `libraries`."""

from __future__ import annotations


def postgres() -> None:
    """Load the driver and give it to Peewee, under the names that Peewee's own import would have bound.

    Raises ImportError where it is not installed.
    """
    import peewee
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.types.json import Json, Jsonb

    names = {"psycopg": psycopg, "TransactionStatus": TransactionStatus, "Json_pg3": Json, "Jsonb_pg3": Jsonb}
    for name, value in names.items():
        setattr(peewee, name, value)
    adapter = peewee.PostgresqlDatabase.psycopg3_adapter
    adapter.txn_idle = TransactionStatus.IDLE
    adapter.txn_inerror = TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN
