"""Codes that people say aloud ("TV-0012"): the next free one, proposed and free to change."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.records.every import (
    Group,
    Household,
    JobOpening,
    Livelihood,
    Loan,
    LoanProduct,
    LossEvent,
    Member,
    Rosca,
    Trainer,
    TrainingClass,
)

_Column = InstrumentedAttribute[str]
_PAGE = 50

FORMS: dict[type[Any], tuple[_Column, str, int]] = {
    Member: (Member.code, "TV-", 4),
    Household: (Household.code, "HO-", 4),
    Group: (Group.code, "N-", 3),
    Loan: (Loan.code, "KV-", 4),
    LoanProduct: (LoanProduct.code, "SP-", 2),
    Livelihood: (Livelihood.code, "SK-", 4),
    JobOpening: (JobOpening.code, "VL-", 4),
    LossEvent: (LossEvent.code, "TT-", 3),
    Rosca: (Rosca.code, "H-", 3),
    Trainer: (Trainer.code, "GV-", 3),
    TrainingClass: (TrainingClass.code, "LH-", 4),
}
"""Of each kind of record: its column of codes, how a code begins, and how many digits follow."""


def highest(session: Session, record: type[Any]) -> int:
    """Return the highest number among the codes of the usual form, 0 when there is none."""
    column, prefix, _width = FORMS[record]
    query = (
        select(column)
        .where(column.startswith(prefix, autoescape=True))
        .order_by(func.length(column).desc(), column.desc())
    )
    offset = 0
    while True:  # longer codes of another form ("TV-TAMBINH") may stand before the numbers
        codes = session.scalars(query.offset(offset).limit(_PAGE)).all()
        for code in codes:
            if number := number_of(record, code):
                return number
        if len(codes) < _PAGE:
            return 0
        offset += _PAGE


def number_of(record: type[Any], code: str) -> int:
    """Return the number of a code of the usual form, 0 for any other code."""
    found = re.fullmatch(re.escape(FORMS[record][1]) + r"([0-9]{1,12})", code)
    return int(found[1]) if found else 0


def code_of(record: type[Any], number: int) -> str:
    """Return the code of the usual form: `TV-0012`; it grows when the digits are used up."""
    _column, prefix, width = FORMS[record]
    return f"{prefix}{number:0{width}d}"


def next_code(session: Session, record: type[Any]) -> str:
    """Return the next free code of members, households or groups."""
    return code_of(record, highest(session, record) + 1)
