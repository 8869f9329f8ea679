"""Opening a case for a buyer: the eight steps on one screen, which can be left at any point and gone on with."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from models.errors import DeskError
from models.operations import opening
from models.operations.change import Change
from models.queries.drafts import draft
from models.queries.eligibility import Judged, checked, judged
from models.queries.orders import OrderRow, orders_matching
from models.queries.policies import in_force
from models.rules.eligibility import INELIGIBLE, RULES
from models.rules.intake import Intake, Shown, intake_from
from models.vocabulary import REASONS, Remedy, Role
from screens import looks
from screens.base import ConsoleScreen
from screens.intake.filled import command_of, intake_of, kept_of, texts_of
from screens.intake.orders import OrderChoices, order_lines
from screens.intake.review import ReviewDialog
from screens.intake.shown import NO_FILES, change_of, come_since, fields_of, names_of
from screens.intake.verdicts import PANEL_LINES, panel, review
from screens.line_view import Bar, LineView
from screens.shared.choices import Choices
from screens.shared.fields import LineField
from screens.shared.form import Field, FormDialog, form_of
from screens.shared.text_field import TextField
from screens.verbs import Place, Verb, bindings_of

Widgets = LineField | TextField | Choices

LABELS = {
    "buyer": "1 buyer",
    "order": "2 orders",
    "lines": "4 lines",
    "family": "5 reason",
    "sub": "exactly",
    "remedy": "asks for",
    "amount": "amount",
    "expected": "6 expected",
    "actual": "received",
    "tried": "tried",
    "overrides": "set aside",
    "note": "because",
}
"""The steps of the form; the third is the order that is chosen, the eighth the review."""
MOST_ORDERS = 8


class IntakeScreen(ConsoleScreen):
    """One claim, half filled in for as long as it takes: it is a draft of its agent."""

    PLACE = Place.INTAKE
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Place.INTAKE),
        Binding("ctrl+s", "perform('submit')", priority=True, show=False),
        Binding("ctrl+t", "perform('refuse')", priority=True, show=False),
        Binding("ctrl+o", "perform('show-file')", priority=True, show=False),
    ]

    def __init__(self, place_of_draft: str) -> None:
        super().__init__()
        self.place_of_draft = place_of_draft
        self._is_restored = False
        self._judged: Judged | None = None
        self._asked: Intake | None = None
        self._shown: tuple[Shown, ...] = ()
        self._met: set[Shown] = set()
        """Every file that this session has seen in the draft."""
        self._orders: dict[str, OrderRow] = {}
        self._chosen = LineView(classes="lines two")
        self._evidence = Bar(classes="line")
        self._panel = LineView(classes="lines verdicts")
        self._widgets: dict[str, Widgets] = {
            "buyer": LineField(),
            "order": OrderChoices(),
            "lines": LineField(),
            "family": Choices(tuple(REASONS)),
            "sub": Choices(()),
            "remedy": Choices(tuple(Remedy)),
            "amount": LineField(),
            "expected": TextField(),
            "actual": TextField(),
            "tried": TextField(),
            "overrides": Choices(tuple(rule.name for rule in RULES if rule.can_be_set_aside), is_many=True),
            "note": TextField(),
        }

    def content(self) -> ComposeResult:
        with VerticalScroll(classes="form", can_focus=False):
            for name in self._asked_for():
                with Horizontal(classes="field apart" if name in ("sub", "remedy") else "field"):
                    yield Bar([[(LABELS[name], looks.DIM)]], classes="label")
                    yield self._widgets[name]
                if name == "order":
                    yield from _row("3 order", self._chosen)
                if name == "tried":
                    yield from _row("7 evidence", self._evidence)
        yield self._panel

    def _asked_for(self) -> list[str]:
        """Only a supervisor sets rules aside."""
        hidden = () if self.host.actor.role is Role.SUPERVISOR else ("overrides", "note")
        return [name for name in self._widgets if name not in hidden]

    def on_mount(self) -> None:
        self._header.set((" Open a case", looks.TITLE), ("  ^s reviews it, esc keeps it for later", looks.DIM))
        self._chosen.styles.height = 2
        self._panel.styles.height = PANEL_LINES
        self._draw()
        self.restore()

    def on_screen_resume(self) -> None:
        self.host.remember_place(self.place())

    @work(exclusive=True, group="case")
    async def restore(self) -> None:
        """What was filled in before, here or on any other host."""
        try:
            kept = await self.host.drafts.kept(self.place_of_draft) or {}
            buyer = str(kept.get("buyer") or kept.get("order") or "")
            intake = intake_from(kept)
            orders = await self.read(partial(orders_matching, intake.order or buyer))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            self.is_shown()
            return
        self._show_files(intake.shown)
        self._show_orders(orders)
        self._offer_subs(intake.reason.partition("/")[0])
        for name, text in {**texts_of(intake), "buyer": buyer}.items():
            if text:
                self._widgets[name].put(text)
        self._widgets[_next(intake)].focus()
        if kept:
            self.show_said("What you had filled in is back.")
        self.call_after_refresh(self._begin_keeping)

    def _begin_keeping(self) -> None:
        self._is_restored = True
        self._changed()
        self.app.call_later(self.is_shown)

    @property
    def intake(self) -> Intake:
        intake = intake_of({name: self._widgets[name].typed_text for name in self._widgets})
        return replace(intake, shown=self._shown)

    @on(Choices.Changed)
    def offer_subs(self, event: Choices.Changed) -> None:
        if event.choices is self._widgets["family"]:
            self._offer_subs(event.choices.typed_text)

    def _offer_subs(self, family: str) -> None:
        subs = self._widgets["sub"]
        assert isinstance(subs, Choices)
        subs.offer(REASONS.get(family, ()))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choices.Changed)
    def keep_draft(self) -> None:
        if self._is_restored:
            self._changed()

    @on(Input.Submitted)
    def go_on(self) -> None:
        self.focus_next()

    @on(Input.Changed)
    def look_for_orders(self, event: Input.Changed) -> None:
        if self._is_restored and event.input is self._widgets["buyer"]:
            self.find_orders(event.value)

    @work(exclusive=True, group="orders")
    async def find_orders(self, text: str) -> None:
        try:
            orders = await self.read(partial(orders_matching, text))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self._show_orders(orders)
        self.keep_draft()

    def _show_orders(self, orders: list[OrderRow]) -> None:
        shown = orders[:MOST_ORDERS]
        self._orders = {order.name: order for order in shown}
        pick = self._widgets["order"]
        assert isinstance(pick, OrderChoices)
        pick.show(shown)
        if len(orders) > len(shown):
            self.show_said(f"The newest {len(shown)} orders are shown; write an order's number to find another.")

    def _changed(self) -> None:
        kept = kept_of(self.intake, self._widgets["buyer"].typed_text)
        if kept is not None:
            self.host.drafts.keep(self.place_of_draft, kept)
        self.judge()

    @work(exclusive=True, group="judge")
    async def judge(self) -> None:
        """The rules are asked again whenever something changes that they look at."""
        intake = self.intake
        self._draw()
        asked = replace(intake, expected="", actual="", tried="", overrides=(), note="")
        if asked == self._asked:
            return
        try:
            self._judged = await self.read(partial(judged, asked))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self._asked = asked
        self._draw()

    def store_changed(self) -> None:
        self._asked = None
        self.judge()
        self.draft_changed()

    def draft_changed(self) -> None:
        if self._is_restored:
            self.adopt_files()

    # What can be done

    def why_not(self, verb: Verb) -> str | None:
        if verb.id == "submit" and self.intake.missing:
            return f"Still to be filled in: {', '.join(_step(name) for name in self.intake.missing)}."
        return None

    @work(exclusive=True, group="check")
    async def do_submit(self) -> None:
        """Everything once more, then the case is opened."""
        intake = self.intake
        try:
            checked(intake)
            found = await self.read(partial(judged, intake))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        build = partial(_review, intake, found, self.host.zone)
        if await self.app.push_screen_wait(ReviewDialog(build)):
            self._is_restored = False
            change = partial(opening.open_case, self.host.actor, intake=intake)
            self.write(change, partial(self._opened, intake), self._not_left, places=(self.place_of_draft,))

    def _opened(self, intake: Intake, change: Change) -> None:
        self._leave(command_of(intake))
        self.host.queue.open_case(change.dispute_id)
        self.app.call_later(self.host.say, f"C{change.dispute_id} is open.")

    @work(exclusive=True, group="check")
    async def do_show_file(self) -> None:
        """Step 7: a file of the buyer's, by its path on this host, or one that is taken out again."""
        place = f"show-file:{self.place_of_draft}"
        rules = await self.read(in_force)
        form = form_of("Files that the buyer shows", place, "Done", fields_of(self._shown, rules.files))
        answers = await self.app.push_screen_wait(FormDialog(form, self.host.drafts))
        if answers is None:
            return
        try:
            change = change_of(self.host.actor, self.intake, answers)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return

        def taken(intake: Intake) -> None:
            self._show_files(intake.shown)
            self._changed()

        self.write(change, taken, self._failed, places=(place,), copies_file=True)

    def _show_files(self, shown: tuple[Shown, ...]) -> None:
        self._shown = shown
        self._met.update(shown)

    @work(exclusive=True, group="shown")
    async def adopt_files(self) -> None:
        """What was attached to this draft elsewhere must not be lost when it is saved from here."""
        try:
            kept = await self.read(partial(draft, self.host.actor.login, self.place_of_draft))
        except DeskError:
            return  # the screen says what is wrong with the store
        if come := come_since(intake_from(kept or {}).shown, self._met):
            self._show_files((*self._shown, *come))
            self.keep_draft()

    @work(exclusive=True, group="check")
    async def do_refuse(self) -> None:
        """Turn the claim down for a rule."""
        against = self._judged.against if self._judged else ()
        rule = against[0].rule if against else ""
        fields = (Field("rule", "rule", tuple(INELIGIBLE), value=rule), Field("note", "note", is_long=True))
        places = (f"refuse:{self.place_of_draft}", self.place_of_draft)
        form = form_of("Refuse the claim", places[0], "Refuse", fields, is_dangerous=True)
        answers = await self.app.push_screen_wait(FormDialog(form, self.host.drafts))
        if answers is not None:
            change = partial(
                opening.refuse_claim, self.host.actor, intake=self.intake, rule=answers["rule"], note=answers["note"]
            )
            self._is_restored = False
            self.write(change, self._refused, self._not_left, places=places)

    def _refused(self, change: Change | None) -> None:
        self._leave("")
        kept = f"C{change.dispute_id} is closed as ineligible" if change else "The claim is gone: its order is unknown"
        self.app.call_later(self.host.say, f"{kept}.")

    def _leave(self, command: str) -> None:
        self.host.last_command = command or self.host.last_command
        if self.is_current:
            self.dismiss()

    def _not_left(self, error: DeskError) -> None:
        self._is_restored = True
        self._changed()
        self._failed(error)

    def _failed(self, error: DeskError) -> None:
        self.host.say(f"{error} What you filled in is kept.", is_refusal=True)
        self.store_changed()

    def do_back(self) -> None:
        self.dismiss()

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "intake": self.place_of_draft}

    def _draw(self) -> None:
        order = self._orders.get(self._widgets["order"].typed_text)
        self._chosen.show(order_lines(order, self.host.zone))
        names = names_of(self._shown)
        self._evidence.set((names or NO_FILES, looks.PLAIN if names else looks.DIM))
        self._panel.show(panel(self._judged, self.intake.overrides, self.host.zone))


def _review(intake: Intake, found: Judged, zone: Any, width: int) -> Any:
    return review(intake, found, width, zone)


def _row(label: str, view: LineView) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Bar([[(label, looks.DIM)]], classes="label")
        yield view


def _next(intake: Intake) -> str:
    """Where to go on: the first step that is not filled in."""
    if not intake.order:
        return "buyer"
    return next((_widget(name) for name in intake.missing), "tried")


def _widget(name: str) -> str:
    return "family" if name == "reason" else name


def _step(name: str) -> str:
    return "order" if name == "order" else LABELS[_widget(name)].lstrip("12345678 ")
