"""What a policy adds to an instant of a case that may have followed another one before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from models.rules.case import Case
from models.rules.policy import Policy, policy


def by_policy(case: Case, start: datetime, length_of: Callable[[Policy], timedelta]) -> datetime:
    """`start` and the time that the policy gives. A shorter time counts from when its policy was applied, not before:
    so nothing becomes due in the past.
    """
    versions = [*(version for version, _ in case.earlier_policies), case.policy_version]
    at = start + length_of(policy(versions[0]))
    for (_, replaced_at), version in zip(case.earlier_policies, versions[1:], strict=True):
        new = start + length_of(policy(version))
        at = new if new >= at else max(new, min(at, replaced_at))
    return at
