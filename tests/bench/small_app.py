"""The floor of the screens: the smallest Textual program with a table of fifty rows, and one text to open."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static

ROWS = 50
COLUMNS = ("case", "reason", "seller", "buyer", "amount", "due")


class TextScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("q", "app.pop_screen", "back")]

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n".join(f"line {number} of a text without any data" for number in range(60)))
        yield Footer()


class SmallApp(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        for number in range(ROWS):
            table.add_row(
                f"C{number}", "not_received/lost", f"seller {number}", f"buyer {number}", "12.50 USD", "3d 4h"
            )

    def on_data_table_row_selected(self) -> None:
        self.push_screen(TextScreen())


if __name__ == "__main__":
    SmallApp().run()
