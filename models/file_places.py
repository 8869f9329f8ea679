"""Where the files of the open store lie."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_data_path

from models.database import current
from models.file_store import FileStore
from models.tables import Meta

FOLDER_VARIABLE = "DISPUTES_FILES"
"""For a store on PostgreSQL that several hosts use: the folder that all of them reach."""


def file_store() -> FileStore:
    """The folder of the open store; the server's own for PostgreSQL, however its URL is written."""
    place = current()
    if place.path is not None:
        return FileStore(place.path.with_name(place.path.name + ".files"))
    if folder := os.environ.get(FOLDER_VARIABLE):
        return FileStore(Path(folder).absolute())
    key = Meta.get_by_id("digest_key").value
    own = hashlib.sha256(f"files {key}".encode()).hexdigest()[:16]
    return FileStore(user_data_path("disputes", appauthor=False) / "files" / own)
