"""Where the files of the open store lie."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_data_path

from models.database import Location, current
from models.file_store import FileStore
from models.tables import Meta

ERASURES = "erased.jsonl"
"""In the folder of files, the list of who was erased: it outlives the store."""
FOLDER_VARIABLE = "DISPUTES_FILES"
"""For a store on PostgreSQL that several hosts use: the folder that all of them reach."""


def file_store() -> FileStore:
    """The folder of the open store; the server's own for PostgreSQL, however its URL is written."""
    place = current()
    return FileStore(folder_of(place, "" if place.is_sqlite else own_folder()))


def folder_of(place: Location, own: str) -> Path:
    """The folder of the store at `place`, which may not be there yet; `own` is what it calls its own."""
    if place.path is not None:
        return place.path.with_name(place.path.name + ".files")
    if folder := os.environ.get(FOLDER_VARIABLE):
        return Path(folder).absolute()
    return user_data_path("disputes", appauthor=False) / "files" / own


def own_folder() -> str:
    """What the open store calls a folder of its own."""
    key = Meta.get_by_id("digest_key").value
    return hashlib.sha256(f"files {key}".encode()).hexdigest()[:16]
