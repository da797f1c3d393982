"""Papers of an audit: the sheet that is taken to the group, and the minutes with what was found.

The sheet does not say what the book says: members tell their balance before they see it (indicators.md 7.1).
"""

from __future__ import annotations

from reports.figures import Figures, render
from reports.kit.report import Report
from resources.lang.messages import N_

SHEET = Report("audit-sheet", N_("Phiếu kiểm tra"), Figures, render)
MINUTES = Report("audit-minutes", N_("Biên bản kiểm tra"), Figures, render)
