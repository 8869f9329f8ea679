"""The eight invariants of the domain, over walks through everything that can be done, on both engines.

The same walks each time, so that a change is judged by the change. `pytest --hypothesis-profile=long tests/invariants`
walks others, much farther, and says how to see a failure again.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from models.database import Location
from models.operations import policies
from models.queries.audit import verify
from models.rules.act import Verb
from models.rules.transitions import TRANSITIONS
from models.vocabulary import Role
from tests.invariants import walk
from tests.invariants.desk import Desk
from tests.operations.desk import SUE, on_day, people
from tests.rules.policies import changed

LONGER = changed(('seller_response = "5d"', 'seller_response = "7d"'), ('review = "5d"', 'review = "8d"'))
SHORTER = changed(
    ('seller_response = "5d"', 'seller_response = "3d"'), ('review = "5d"', 'review = "2d"'),
    ('auto_escalate_after = "7d"', 'auto_escalate_after = "5d"'), ('negotiation_cap = "10d"', 'negotiation_cap = "6d"'),
)  # fmt: skip
"""What cases go over to and back from."""
WALKS, STEPS = 40, 25
IS_LONG = settings.get_current_profile_name() == "long"
HOW = settings(
    max_examples=WALKS * 20 if IS_LONG else WALKS,
    stateful_step_count=STEPS * 2 if IS_LONG else STEPS,
    derandomize=not IS_LONG,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def test_the_eight_hold_after_every_step(store: Location) -> None:
    people()
    with on_day(0):
        for text in (LONGER, SHORTER):
            policies.edit(SUE, text=text)
    walk.DONE.clear()
    run_state_machine_as_test(Desk, settings=HOW)
    assert verify().first_bad_seq is None


def test_every_verb_of_the_table_is_a_step() -> None:
    """The other half of a merge comes with it; what only time does is the sweep's."""
    by_sweep = {verb for verb, row in TRANSITIONS.items() if row.roles == {Role.SWEEP}}
    assert {str(each.verb) for each in Desk.steps()} >= set(TRANSITIONS) - by_sweep - {Verb.TAKE_IN}
