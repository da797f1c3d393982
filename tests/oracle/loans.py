"""Cases of whole loans: the answer is product code; here is only which case goes where, and when it matches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.models.rules.loans import cases
from desktop.models.rules.loans.case_json import NotDone
from tests.oracle.answerer import Answerer, Case, NotSupported, same

_NOT_GIVEN = {"totals", "status", "outstanding", "overpaid"}  # null: the source does not say
_NOTES = {
    "line",
    "interest_as_of",
    "as_of",
    "schedule_is_partial",
}  # where a figure stands in its source, or what was asked


def matches(answer: object, expected: Any, case: Case) -> bool:
    """Say whether everything the case expects is in the answer; an answer may say more."""
    return not differences(answer, expected, case)


def differences(answer: object, expected: Any, case: Case, path: str = "") -> list[str]:
    """Return where an answer differs from what is expected, as readable paths."""
    if isinstance(expected, dict):
        if not isinstance(answer, dict):
            return [f"{path}: no object"]
        found = []
        for key, value in expected.items():
            if key in _NOTES or (value is None and (key in _NOT_GIVEN or key not in answer)):
                continue
            found += differences(answer.get(key), value, case, f"{path}.{key}")
        return found
    if isinstance(expected, list) and all(isinstance(item, dict) for item in expected):
        return _lists(answer, expected, case, path)
    return [] if same(answer, expected, case) else [f"{path}: expected {expected}, got {answer}"]


def _lists(answer: object, expected: list[Any], case: Case, path: str) -> list[str]:
    if not isinstance(answer, list | tuple):
        return [f"{path}: no list"]
    if expected and "nr" in expected[0] and path.endswith("schedule"):
        rows = {row["nr"]: row for row in answer}
        found = [] if len(rows) >= len(expected) else [f"{path}: {len(rows)} rows, not {len(expected)}"]
        last = max(row["nr"] for row in expected)
        if len(expected) == last and len(answer) > last and case["kind"] == "loan":
            found.append(f"{path}: {len(answer)} rows, not {last}")
        for row in expected:
            found += differences(rows.get(row["nr"]), row, case, f"{path}[{row['nr']}]")
        return found
    if path.endswith(("transactions", "journal")):
        return _listed(answer, expected, case, path)
    if len(answer) != len(expected):
        return [f"{path}: {len(answer)} items, not {len(expected)}"]
    found = []
    for i, (one, other) in enumerate(zip(answer, expected, strict=True)):
        found += differences(one, other, case, f"{path}[{i}]")
    return found


def _listed(answer: list[Any] | tuple[Any, ...], expected: list[Any], case: Case, path: str) -> list[str]:
    """Every expected item must stand among ours, in order; a source may list fewer than there are."""
    at, found = 0, []
    for i, item in enumerate(expected):
        rest = list(answer[at:])
        hit = next((j for j, one in enumerate(rest) if not differences(one, item, case)), None)
        if hit is None:
            found.append(f"{path}[{i}]: {item} is not in {rest}")
        else:
            at += hit + 1
    return found


# The chart of accounts of one source; which account what part of a payment goes to is the same in every source.
_CASH = ("LIABILITY", "145023", "Suspense/Clearing account")
_LOANS = ("ASSET", "112601", "Loans Receivable")
_DUES = ("ASSET", "112603", "Interest/Fee Receivable")
_OVERPAID = ("LIABILITY", "l1", "Overpayment account")


# What these kinds say of an instalment; the program knows more.
_ROWS = {
    "loan_rounded_instalments": ("nr", "total_due", "principal", "interest", "fees"),
    "loan_opencbs": ("nr", "due_date", "interest", "principal", "balance_before"),
    "opencbs_late_repayment": (
        "nr",
        "interest",
        "principal",
        "paid_principal",
        "paid_interest",
        "penalty_unpaid",
    ),
}
_NO_TOTALS = ("loan_opencbs", "opencbs_lifecycle")


def _answer(case: Case) -> dict[str, Any]:
    try:
        return _shaped(cases.answer(case), case)
    except NotDone as reason:
        raise NotSupported(str(reason)) from None


def _shaped(answer: dict[str, Any], case: Case) -> dict[str, Any]:
    """Return the answer with the rows, the fields and the null totals of its kind's expected answers."""
    kind, expected = case["kind"], case.get("expected") or {}
    if kind in _ROWS:
        asked = {row["nr"]: row for row in expected.get("schedule") or ()}
        answer["schedule"] = [
            {name: row[name] for name in asked.get(row["nr"], _ROWS[kind]) if name in row}
            for row in answer["schedule"]
            if not asked or row["nr"] in asked
        ]
    if kind in _NO_TOTALS and expected.get("totals") is None:
        answer["totals"] = None
    return answer


def _loan(case: Case) -> dict[str, Any]:
    answer = _answer(case)
    for checkpoint in answer["checkpoints"]:
        checkpoint["journal"] = [_booked(row) for row in checkpoint["transactions"] if not row["reverted"]]
    return answer


def _booked(row: dict[str, Any]) -> dict[str, Any]:
    amount = Decimal(row["amount"])
    if row["type"] == "Disbursement":
        lines = [_entry(_LOANS, debit=amount), _entry(_CASH, credit=amount)]
    else:
        dues = sum(Decimal(row[name]) for name in ("interest", "fees", "penalties"))
        credits = ((_LOANS, Decimal(row["principal"])), (_DUES, dues), (_OVERPAID, Decimal(row["overpaid"])))
        lines = [_entry(account, credit=part) for account, part in credits if part]
        lines.append(_entry(_CASH, debit=amount))
    return {"transaction_type": row["type"].upper(), "date": row["date"], "entries": lines}


def _entry(
    account: tuple[str, str, str], debit: Decimal | None = None, credit: Decimal | None = None
) -> dict[str, Any]:
    kind, code, name = account
    return {
        "account_type": kind,
        "account_code": code,
        "account": name,
        "debit": None if debit is None else str(debit),
        "credit": None if credit is None else str(credit),
    }


def _answerer(kind: str) -> Answerer:
    return Answerer(
        kind, lambda case: case.get("kind") == kind, _loan if kind == "loan" else _answer, matches
    )


ANSWERERS: list[Answerer] = [_answerer(kind) for kind in cases.KINDS]
