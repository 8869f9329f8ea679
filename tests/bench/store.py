"""The store that a run measures: made once, thrown away after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from models import clock
from models.actor import Actor
from models.database import close_store
from seed.demo.build import build

LOGIN = "maya"


@dataclass(frozen=True, slots=True)
class Store:
    url: str
    path: Path
    folder: Path
    """For whatever a figure writes beside it."""
    cases: int
    actor: Actor

    @property
    def environment(self) -> dict[str, str]:
        """Of every program that is measured: modules compiled as an installation has them, and nobody's settings."""
        return {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }

    def driver(self) -> apsw.Connection:
        """A plain reader: the floor of every query."""
        return apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)


@contextmanager
def store_of(cases: int) -> Iterator[Store]:
    """The demonstration, with so many cases around now."""
    with TemporaryDirectory(prefix="disputes-bench-") as name:
        path = Path(name) / "store.db"
        actor = build(f"sqlite:///{path}", cases=cases, now=clock.now(), login=LOGIN)
        try:
            yield Store(f"sqlite:///{path}", path, Path(name), cases, actor)
        finally:
            close_store()
