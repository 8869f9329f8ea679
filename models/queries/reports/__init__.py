"""Reports: each is one definition of columns, keys and totals; rows for export, read in batches."""

from models.queries.reports.appeals import APPEALS
from models.queries.reports.breaches import BREACHES
from models.queries.reports.decisions import DECISIONS
from models.queries.reports.goodwill import GOODWILL
from models.queries.reports.reading import Asked, Reading, read
from models.queries.reports.refunds import REFUNDS
from models.queries.reports.report import Report
from models.queries.reports.sellers import SELLERS
from models.queries.reports.sla import SLA
from models.queries.reports.workload import WORKLOAD

REPORTS: dict[str, Report] = {
    each.name: each for each in (DECISIONS, BREACHES, SLA, WORKLOAD, SELLERS, REFUNDS, GOODWILL, APPEALS)
}

__all__ = [
    "APPEALS", "BREACHES", "DECISIONS", "GOODWILL", "REFUNDS", "REPORTS", "SELLERS", "SLA", "WORKLOAD", "Asked",
    "Reading", "Report", "read",
]  # fmt: skip
