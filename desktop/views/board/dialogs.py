"""The dialog of a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services.board import targets
from desktop.services.board.registry import measures
from desktop.services.board.values import Period, Target
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, line, number
from resources.lang.messages import N_, _


def keep_target(
    desk: Desk,
    key: str | None,
    period: Period,
    target: Target | None,
    then: Callable[[Any], object],
    parent: QWidget,
) -> FormDialog:
    """Return the dialog of a measure's target in a period; without a key the measure is chosen in it."""
    fields: list[Field | Section] = []
    if key is None:
        choices = [(one.key, f"{one.key} · {one.title}") for one in measures().values()]
        fields.append(Field("measure", N_("Thước đo"), choice(choices), required=True, span=0))
    fields += [
        Field("amount", N_("Mục tiêu"), number(0, targets.MOST), required=True, width=12),
        Field("note", N_("Ghi chú"), line(N_("Theo văn kiện dự án, bảng 3"), 160), span=0),
    ]
    found = measures()[key] if key is not None else None

    def deed(book: Any, typed: dict[str, Any], act: Any) -> Any:
        return targets.keep(
            book,
            key or typed["measure"],
            period,
            typed["amount"],
            typed["note"] or "",
            act,
            None if target is None else (target.id, target.version),
        )

    values = {} if target is None else {"amount": target.amount, "note": target.note}
    intro = period.title
    if found is not None:
        intro = f"{found.title} – {period.title}\n{found.definition}"
    return FormDialog(
        desk,
        _("Mục tiêu"),
        fields,
        deed,
        then,
        values=values,
        intro=intro,
        save_text=_("Lưu mục tiêu"),
        width=560,
        parent=parent,
    )
