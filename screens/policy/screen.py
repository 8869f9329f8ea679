"""The policy by versions: read, compared with the one in force, activated."""

from __future__ import annotations

import shlex
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from models.errors import DeskError
from models.operations import policies
from models.queries.policies import PolicyPage, policy_page
from models.rules.permissions import check_supervisor
from screens.policy.sections import page_rows
from screens.shared.form import Answers, Field, FormDialog, form_of
from screens.shared.pick_screen import PickScreen
from screens.verbs import Place, Verb, bindings_of

NOTE = Field("note", "why", is_long=True)


class PolicyScreen(PickScreen[int]):
    PLACE = Place.POLICY
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.POLICY)

    def __init__(self) -> None:
        super().__init__("Policy")
        self._read_version: int | None = None
        """The version that stands below the list; at first none does."""
        self._policies: PolicyPage | None = None

    @work(exclusive=True, group="policy")
    async def load(self) -> None:
        try:
            self._policies = page = await self.read(partial(policy_page, self._read_version))
        except DeskError as error:
            self.show_failed(error, is_empty=self._policies is None)
        else:
            zone = self.host.zone
            self._rows.put_rows(lambda width: page_rows(page, width, zone))
        self.show_once()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id == "activate":
            try:
                check_supervisor(self.host.actor, policies.ACTIVATE)
            except DeskError as error:
                return str(error)
            if self._is_active(self._rows.current):
                return "This version is in force already."
        return None

    def do_show(self) -> None:
        self._read_version = self._rows.current
        self.load()

    def do_activate(self) -> None:
        if self._rows.current is not None:
            self._ask_why(self._rows.current, None, "")

    @work(exclusive=True, group="deed")
    async def _ask_why(self, version: int, answers: Answers | None, problem: str) -> None:
        place = f"policy-activate:{version}"
        form = form_of(f"New cases follow policy {version} from now on", place, "Activate", (NOTE,))
        answers = await self.app.push_screen_wait(FormDialog(form, self.host.drafts, answers, problem))
        if answers is not None:
            self._activate(version, answers, place)

    def _activate(self, version: int, answers: Answers, place: str) -> None:
        def done(_: None) -> None:
            words = ["disputes", "policy", "activate", str(version), "--note", answers["note"]]
            self.host.last_command = shlex.join(words)
            self.host.say(f"Policy {version} is in force. Cases that are open keep theirs.")
            self.load()

        def failed(error: DeskError) -> None:
            if self.is_active:
                self._ask_why(version, answers, str(error))
            else:
                self.host.say(f"{error} Your text is kept.", is_refusal=True)

        change = partial(policies.activate, self.host.actor, version=version, note=answers["note"])
        self.write(change, done, failed, places=(place,))

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "policy": True}

    def _is_active(self, version: int | None) -> bool:
        versions = self._policies.versions if self._policies else ()
        return any(each.version == version and each.is_active for each in versions)
