"""`make screenshots`: every page with the demonstration book, in light, dark and at 150 %, into docs/screenshots/.

Also what people look at before a change is kept: run it and open the pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

OUT = Path(__file__).parents[1] / "docs" / "screenshots"
LOOKS = (("light", "light", 100), ("dark", "dark", 100), ("150", "light", 150))
PAGES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("start", "start", {}),
    ("groups", "groups", {}),
    ("group", "group", {"group": 1}),
    ("group-overview", "group", {"group": 1, "tab": "overview"}),
    ("group-social", "group", {"group": 1, "tab": "social"}),
    ("group-capacity", "group", {"group": 1, "tab": "capacity"}),
    ("group-change", "group", {"group": 1, "tab": "change"}),
    ("coordination", "coordination", {}),
    ("coordination-promises", "coordination", {"tab": "promises"}),
    ("coordination-changes", "coordination", {"tab": "changes"}),
    ("coordination-meeting", "coordination-meeting", {"meeting": 1}),
    ("group-savings", "group", {"group": 1, "tab": "savings"}),
    ("group-savings-notice", "group", {"group": 2, "tab": "savings"}),
    ("savings-run", "savings-run", {"group": 1}),
    ("savings-run-posted", "savings-run", {"group": 1, "run": 2}),
    ("group-rules", "group", {"group": 1, "tab": "rules"}),
    ("group-passbooks", "group", {"group": 1, "tab": "passbooks"}),
    ("group-new", "group-new", {}),
    ("members", "members", {}),
    ("member", "member", {"member": 3}),
    ("member-passbook", "member", {"member": 3, "tab": "passbook"}),
    ("imports", "imports", {}),
    ("meetings", "meetings", {"group": 1}),
    ("meeting", "meetings", {"group": 1, "new": True}),
    ("cashbook", "cashbook", {"group": 1}),
    ("cashbook-expenses", "cashbook", {"group": 1, "tab": "expenses"}),
    ("cashbook-sources", "cashbook", {"group": 1, "tab": "sources"}),
    ("cashbook-counts", "cashbook", {"group": 1, "tab": "counts"}),
    ("cash-count", "cash-count", {"group": 1}),
    ("opening-posted", "opening", {"group": 4}),
    ("loans", "loans", {}),
    ("loan", "loan", {"loan": 3}),
    ("loan-events", "loan", {"loan": 7, "tab": "events"}),
    ("loan-on-lent", "loan", {"loan": 8, "tab": "on-lent"}),
    ("loan-new", "loan-new", {"group": 1}),
    ("loan-product", "loan-product", {"product": 1}),
    ("loan-take", "loan-take", {"group": 1}),
    ("livelihoods", "livelihoods", {}),
    ("livelihoods-due", "livelihoods", {"tab": "due"}),
    ("livelihoods-jobs", "livelihoods", {"tab": "jobs"}),
    ("livelihoods-matching", "livelihoods", {"tab": "matching"}),
    ("livelihoods-shocks", "livelihoods", {"tab": "shocks"}),
    ("livelihoods-figures", "livelihoods", {"tab": "figures"}),
    ("livelihoods-data", "livelihoods", {"tab": "data"}),
    ("livelihood", "livelihood", {"livelihood": 1}),
    ("livelihood-visits", "livelihood", {"livelihood": 1, "tab": "visits"}),
    ("livelihood-plans", "livelihood", {"livelihood": 1, "tab": "plans"}),
    ("livelihood-jobs", "livelihood", {"livelihood": 1, "tab": "jobs"}),
    ("livelihood-facts", "livelihood", {"livelihood": 1, "tab": "facts"}),
    ("shock", "shock", {"event": 1}),
    ("training", "training", {}),
    ("training-courses", "training", {"tab": "courses"}),
    ("training-trainers", "training", {"tab": "trainers"}),
    ("training-people", "training", {"tab": "people"}),
    ("training-follow", "training", {"tab": "follow"}),
    ("training-certificates", "training", {"tab": "certificates"}),
    ("training-class", "training_class", {"training_class": 1}),
    ("training-sessions", "training_class", {"training_class": 5, "tab": "sessions"}),
    ("training-results", "training_class", {"training_class": 1, "tab": "results"}),
    ("training-facts", "training_class", {"training_class": 1, "tab": "facts"}),
    ("attendance", "attendance", {"session": 21}),
    ("member-training", "member", {"member": 3, "tab": "training"}),
    ("share-out", "share-out", {"group": 1}),
    ("rosca", "rosca", {"rosca": 1}),
    ("rosca-new", "rosca-new", {"group": 1}),
    ("reports", "reports", {"group": 1}),
    ("analysis", "analysis", {"tab": "cross"}),
    ("analysis-inclusion", "analysis", {"tab": "inclusion"}),
    ("analysis-indicators", "analysis", {"tab": "indicators"}),
    ("analysis-lists", "analysis", {"tab": "actions"}),
    ("analysis-population", "analysis", {"tab": "population"}),
    ("board", "board", {}),
    ("board-charts", "board", {"tab": "charts"}),
    ("board-cuts", "board", {"tab": "cuts"}),
    ("board-targets", "board", {"tab": "targets"}),
    (
        "board-list",
        "board-list",
        {"measure": "NMA-2", "starts": date(date.today().year, 1, 1), "span": "year"},
    ),
    ("household-list", "household-list", {}),
    ("member-inclusion", "member", {"member": 3, "tab": "inclusion"}),
    ("household", "household", {"household": 1}),
    ("users", "users", {}),
    ("support", "support", {}),
    ("support-due", "support", {"tab": "due"}),
    ("support-assets", "support", {"tab": "assets"}),
    ("support-dossier", "support-dossier", {"support": 5}),
    ("support-assessment", "support-dossier", {"support": 5, "tab": "assessments"}),
    ("support-dossier-assets", "support-dossier", {"support": 1, "tab": "assets"}),
    ("replication", "replication", {}),
    ("replication-places", "replication", {"tab": "places"}),
    ("replication-templates", "replication", {"tab": "templates"}),
    ("oversight", "oversight", {}),
    ("oversight-audits", "oversight", {"tab": "audits"}),
    ("oversight-findings", "oversight", {"tab": "findings"}),
    ("oversight-due", "oversight", {"tab": "due"}),
    ("oversight-signs", "oversight", {"tab": "signs"}),
    ("audit", "audit", {"visit": 1}),
    ("preferences", "preferences", {}),
)
"""Name of the picture, page, and the arguments of its route."""
PAPER_GROUP = 4
"""The group that came from paper: its balances are posted in the demonstration book, and typed in a copy of it."""


def main(wanted: list[str]) -> int:
    """Render the pages named, or all."""
    with tempfile.TemporaryDirectory(prefix="sonhom-pictures-") as folder:
        os.environ["SONHOM_CONFIG_DIR"] = str(Path(folder) / "config")
        from desktop.services.demo import write_demo

        book = Path(folder) / "so-mau.sonhom"
        write_demo(str(book))
        OUT.mkdir(parents=True, exist_ok=True)
        typed = _with_typed_opening(book)
        for suffix, theme, percent in LOOKS:
            _look(book, typed, suffix, theme, percent, wanted)
    return 0


def _with_typed_opening(book: Path) -> Path:
    """Return a copy of the book in which the paper group's balances are typed and not posted yet."""
    from desktop.models.ids import GroupId
    from desktop.services import openings
    from desktop.services.acts import Act
    from desktop.services.books import open_book

    copy = book.with_name("so-dang-chep.sonhom")
    shutil.copy(book, copy)
    with open_book(str(copy), "Nguyễn Thị Thu Hà") as opened:
        act = Act.now("Nguyễn Thị Thu Hà")
        openings.take_back(opened, GroupId(PAPER_GROUP), "Hình cho hướng dẫn", act)
    return copy


def _look(book_path: Path, typed: Path, suffix: str, theme: str, percent: int, wanted: list[str]) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import Program
    from desktop.services.books import open_book
    from desktop.settings import Settings
    from desktop.views.kit.desk import Route, Session
    from tests.small_pictures import save_small

    app = QApplication.instance() or QApplication(["sonhom"])
    assert isinstance(app, QApplication)
    settings = Settings.load()
    settings.update({"who": "Nguyễn Thị Thu Hà", "reopen_last": False, "theme": theme, "text_size": percent})
    program = Program(app, settings)
    if not wanted or "start-empty" in wanted:
        window = program.show(Route("start", {}))
        window.resize(1280, 800)
        _wait(app, 0.6)
        save_small(window.grab().toImage(), OUT / f"start-empty-{suffix}.png")
    book = open_book(str(book_path), "Nguyễn Thị Thu Hà")
    program.desk.take_book(book, Session(book.name, book.address))
    window = program.show(Route("start", {}))
    window.resize(1280, 800)
    for name, page, args in PAGES:
        if wanted and name not in wanted:
            continue
        window.go(Route(page, dict(args)))
        _settle(app, program)
        save_small(window.grab().toImage(), OUT / f"{name}-{suffix}.png")
        print(f"{name}-{suffix}.png", flush=True)
    program.desk.take_book(None, None)
    book.close()
    if not wanted or "opening" in wanted:
        book = open_book(str(typed), "Nguyễn Thị Thu Hà")
        program.desk.take_book(book, Session(book.name, book.address))
        window.go(Route("opening", {"group": PAPER_GROUP}))
        _settle(app, program)
        save_small(window.grab().toImage(), OUT / f"opening-{suffix}.png")
        program.desk.take_book(None, None)
    program.desk.runner.close()
    window.deleteLater()
    _wait(app, 0.2)
    book.close()


def _settle(app: object, program: object) -> None:
    """Wait until the book thread is idle and what it brought has been drawn."""
    for _round in range(4):
        _wait(app, 0.25)
        while program.desk.runner.busy:  # type: ignore[attr-defined]
            _wait(app, 0.05)


def _wait(app: object, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
