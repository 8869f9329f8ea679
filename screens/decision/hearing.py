"""A ruling on an appeal: the decision's screen with a result before it."""

from __future__ import annotations

from functools import partial
from typing import Any

from models.operations.appealing import preview_ruling, rule
from models.operations.change import Change
from models.operations.deciding import DecisionPreview
from models.rules.approval import RulingDraft
from models.vocabulary import AppealResult
from screens.decision.screen import DecisionScreen, Widgets
from screens.shared.choices import Choices


class HearingScreen(DecisionScreen):
    """Upheld and inadmissible need no more than a note; the others are a whole decision, and then wait to be signed."""

    VERB = "rule"
    TITLE = "appeal"

    def more_widgets(self) -> dict[str, Widgets]:
        return {"result": Choices(tuple(AppealResult))}

    def preview(self, ruling: RulingDraft) -> DecisionPreview:
        return preview_ruling(self.host.actor, case=self.dispute_id, result=self._result, ruling=ruling)

    def issue(self, ruling: RulingDraft, seen_version: int) -> Change:
        issue = partial(rule, self.host.actor, case=self.dispute_id, result=self._result)
        return issue(ruling=ruling, seen_version=seen_version)

    @property
    def _result(self) -> AppealResult:
        """The widget has nothing else to choose; without a choice the rules ask for one."""
        return AppealResult(self.filled.texts["result"] or AppealResult.UPHELD)

    def place(self) -> dict[str, Any]:
        """Back to the case: the draft is there when it is heard again."""
        return {**super().place(), "is_deciding": False}
