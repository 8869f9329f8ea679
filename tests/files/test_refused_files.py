from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from models.errors import Misused
from seed.files import read_cases
from tests.files.sample import GOOD, csv_text

GOOD_TEXT = csv_text(GOOD)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"  \r\n \n", "is empty"),
        (b",,\r\n1,2,3\r\n", "no header"),
        (GOOD_TEXT.encode("latin-1") + b"caf\xe9,1,,,,,,\r\n", "offset 141 (line 3)"),
        (GOOD_TEXT.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (GOOD_TEXT.encode("utf-16")[:-1], "is not UTF-16"),
        (GOOD_TEXT.encode("utf-32"), "UTF-32"),
        (b"PK\x03\x04\x14\x00", "Excel workbook"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"id,amount,id\r\n1,2,3\r\n", "'id' twice"),
        (b"id,Order No,order-no\r\n1,2,3\r\n", "both stand for order_ref"),
        (GOOD_TEXT.encode() + b'D-2,"torn,O-2\r\nD-3,O-3\r\n', "opens on line 3 is never closed"),
        (GOOD_TEXT.encode() + b'D-2,"a\r\nb","torn,x\r\nD-3,"x",\r\n', "field that opens on line 4"),
        (GOOD_TEXT.encode() + b'D-2,"closed" then text,1\r\n', "closing quote of the field that opens on line 3"),
        (
            GOOD_TEXT.replace("seller_ref", "saller ref").encode(),
            "no column seller_ref (or seller, seller_id); the nearest header is 'saller ref'",
        ),
        (b'[{"id": 1}, {"id": 2]', "line 1"),
        (b'[{"id": 1}\n {"id": 2}]', "line 2: a comma"),
        (b'[{"id": 1}, 7]', "an object, which is a row"),
        (b'{"id": 1,\n "id": 2}', "'id' stands twice"),
        (b'{"id": NaN}', "NaN"),
        (b'["a"]', "an object, which is a row"),
    ],
)
def test_file_that_is_off_as_a_whole_is_refused_before_its_first_row(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "cases"
    path.write_bytes(content)
    with pytest.raises(Misused) as refusal:
        read_cases(str(path))
    assert says in str(refusal.value)


def test_missing_file_and_folder_are_named_in_the_refusal(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Misused, match=path.name):
            read_cases(str(path))


def test_row_that_never_ends_is_refused_and_not_swallowed(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(GOOD_TEXT + 'D-2,"' + "x," * (9 << 20))
    with pytest.raises(Misused, match="is a quote open on line 3"):
        read_cases(str(path))


def test_json_lines_without_one_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(GOOD_TEXT)
    with pytest.raises(Misused, match="is not JSON Lines: line 1"):
        read_cases(str(path), format="jsonl")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"format": "cvs"}, "did you mean csv"),
        ({"zone": "Europe/Berlni"}, "did you mean Europe/Berlin"),
        ({"source": "a:b"}, "no colon"),
        ({"map_name": "olits"}, "did you mean olist"),
    ],
)
def test_wrong_option_is_refused_with_the_nearest_right_one(tmp_path: Path, options: dict[str, str], says: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(GOOD_TEXT)
    with pytest.raises(Misused, match=says):
        read_cases(str(path), **options)


def test_standard_input_is_checked_whole_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(GOOD_TEXT.encode() + b'D-2,"torn')

    monkeypatch.setattr(sys, "stdin", Pipe)
    with pytest.raises(Misused, match="standard input: the quote that opens on line 3"):
        read_cases("-")


def test_file_that_changes_after_it_was_checked_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(GOOD_TEXT)
    with read_cases(str(path)) as file:
        path.write_text(GOOD_TEXT + 'D-2,"torn')
        with pytest.raises(Misused, match="changed while it was read"):
            next(file.rows())
