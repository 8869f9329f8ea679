"""The store that a run measures: made once, thrown away after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from models import clock
from models.actor import Actor
from models.database import close_store, open_store
from models.operations.presence import present
from models.vocabulary import Role
from seed.demo.build import build

LOGIN = "maya"
STORE = "store.db"


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
        """Of every program that is measured: modules compiled where an installation has them, and nobody's settings."""
        return {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": "",  # an installation searches no second place
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }

    def driver(self) -> apsw.Connection:
        """A plain reader: the floor of every query."""
        return apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)


@contextmanager
def store_of(cases: int, kept_in: Path | None = None) -> Iterator[Store]:
    """The demonstration with so many cases around now; in `kept_in` it stays, and is found again by the next run."""
    with TemporaryDirectory(prefix="disputes-bench-") as name:
        folder = Path(name)
        place = (kept_in or folder) / f"{cases}-cases"
        if not place.exists():
            _build(place, cases)
        url = f"sqlite:///{place / STORE}"
        open_store(url)
        try:
            yield Store(url, place / STORE, folder, cases, present(Actor(LOGIN, Role.SUPERVISOR, "")))
        finally:
            close_store()


def _build(place: Path, cases: int) -> None:
    """Whole or not at all."""
    unfinished = place.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    build(f"sqlite:///{unfinished / STORE}", cases=cases, now=clock.now(), login=LOGIN)
    close_store()
    unfinished.rename(place)
