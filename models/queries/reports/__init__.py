"""Reports: each is one definition of columns, keys and totals; rows for export, read in batches."""

from models.queries.reports.decisions import DECISIONS
from models.queries.reports.reading import Asked, Breakdown, Reading, read
from models.queries.reports.report import Report
from models.queries.reports.sla import SLA

REPORTS: dict[str, Report] = {each.name: each for each in (DECISIONS, SLA)}

__all__ = ["DECISIONS", "REPORTS", "SLA", "Asked", "Breakdown", "Reading", "Report", "read"]
