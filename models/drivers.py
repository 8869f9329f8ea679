"""Peewee imports every driver that is installed; the one for PostgreSQL takes three times as long as Peewee itself.

A store on SQLite needs none of it, and a command is often all that a process does. So the drivers of servers are not
found while Peewee is loading, and `postgres` hands Peewee its driver where a store needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

OF_SERVERS = frozenset({"psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb"})


class _NotWhilePeeweeLoads:
    """First among the finders of modules."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: object = None) -> None:
        if fullname in OF_SERVERS and _is_loading("peewee"):
            raise ModuleNotFoundError(f"{fullname} is not looked for", name=fullname)


def _is_loading(name: str) -> bool:
    spec = getattr(sys.modules.get(name), "__spec__", None)
    return bool(getattr(spec, "_initializing", False))


def hold_back() -> None:
    """From now on Peewee loads alone; what is imported already stays as it is."""
    if not any(isinstance(each, _NotWhilePeeweeLoads) for each in sys.meta_path):
        sys.meta_path.insert(0, _NotWhilePeeweeLoads())


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
