"""A ruling on an appeal: the decision's screen with a result before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from models.errors import Refused
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

    def preview(self, ruling: RulingDraft) -> Callable[[], DecisionPreview]:
        return partial(preview_ruling, self.host.actor, case=self.dispute_id, result=self._result, ruling=ruling)

    def issue(self, ruling: RulingDraft, seen_version: int) -> Callable[[], Change]:
        case, result = self.dispute_id, self._result
        return partial(rule, self.host.actor, case=case, result=result, ruling=ruling, seen_version=seen_version)

    @property
    def _result(self) -> AppealResult:
        """Raises Refused where nothing is chosen: nobody upholds a ruling by leaving a field empty."""
        if not (word := self.filled.texts["result"]):
            raise Refused("result", f"Choose what becomes of the appeal: {', '.join(AppealResult)}.")
        return AppealResult(word)

    def place(self) -> dict[str, Any]:
        """Back to the case: the draft is there when it is heard again."""
        return {**super().place(), "is_deciding": False}
