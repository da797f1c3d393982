"""Run files of oracle cases: say what passed, what failed, what is not supported; write the answers."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from desktop.models.rules.loans.case_json import NotDone
from desktop.models.rules.loans.terms import UnsupportedTerms
from tests.oracle.answerer import Case, NotSupported
from tests.oracle.in_dong import in_dong
from tests.oracle.kinds import answerer_of

PASSED, FAILED, NOT_SUPPORTED, ANSWERED = "passed", "failed", "not supported", "answered"
_SHOWN_FAILURES = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case; `why` explains a failure or a lack of support."""

    case_id: str
    kind: str
    outcome: str
    answer: Any = None
    why: str = ""


def kind_of(case: Case) -> str:
    """Return the name a case is counted under: its kind, and the function of a vector."""
    kind = str(case.get("kind", "?"))
    return f"{kind} {case['function']}" if case.get("function") else kind


def run_case(case: Case) -> Result:
    """Answer one case and compare; a case without `expected` is only answered."""
    case_id, kind = str(case.get("id", "?")), kind_of(case)
    try:
        answerer = answerer_of(case)
        if answerer is None:
            return Result(case_id, kind, NOT_SUPPORTED, why="no answerer takes this kind")
        answer = plain(answerer.answer(case))
        if "expected" not in case:
            return Result(case_id, kind, ANSWERED, answer)
        if answerer.matches(answer, case["expected"], case):
            return Result(case_id, kind, PASSED, answer)
    except (NotSupported, NotDone, UnsupportedTerms) as reason:
        return Result(case_id, kind, NOT_SUPPORTED, why=str(reason) or "not supported")
    except Exception as error:  # a case that breaks the program is a failure of the program, not of the run
        return Result(case_id, kind, FAILED, why=f"{type(error).__name__}: {error}")
    return Result(case_id, kind, FAILED, answer, f"expected {_short(case['expected'])}, got {_short(answer)}")


def plain(value: object) -> Any:
    """Return `value` as JSON knows it: decimals as texts without an exponent, days as ISO."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return (
            str(value.numerator)
            if value.denominator == 1
            else format(Decimal(value.numerator) / value.denominator, "f")
        )
    if isinstance(value, date):
        return value.isoformat()
    return value


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


def load(path: Path) -> list[dict[str, Any]]:
    """Return the cases of a file: `{"cases": […]}` or a bare list. Raises ValueError if it is neither."""
    content = json.loads(path.read_text(encoding="utf-8"))
    cases = content.get("cases") if isinstance(content, dict) else content
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise ValueError("not a file of cases: no list named 'cases'")
    return cases


def report(path: Path, results: Sequence[Result]) -> None:
    """Print the counts of one file, per kind and in all, and the failures."""
    print(f"{path.name}: {_counts(results)}")
    for kind in dict.fromkeys(result.kind for result in results):
        print(f"  {kind}: {_counts([result for result in results if result.kind == kind])}")
    failures = [result for result in results if result.outcome == FAILED]
    for result in failures[:_SHOWN_FAILURES]:
        print(f"    FAILED {result.case_id}: {result.why}")
    if len(failures) > _SHOWN_FAILURES:
        print(f"    … and {len(failures) - _SHOWN_FAILURES} more")
    reasons = Counter((result.kind, result.why) for result in results if result.outcome == NOT_SUPPORTED)
    for (kind, why), number in reasons.items():
        print(f"    NOT SUPPORTED {kind} × {number}: {why}")


def _counts(results: Sequence[Result]) -> str:
    number = Counter(result.outcome for result in results)
    text = f"{number[PASSED]} passed / {number[FAILED]} failed"
    for outcome in (NOT_SUPPORTED, ANSWERED):
        if number[outcome]:
            text += f", {number[outcome]} {outcome}"
    return text


def _as_answer(result: Result) -> dict[str, Any]:
    if result.outcome == NOT_SUPPORTED:
        return {"id": result.case_id, "answer": None, "not_supported": True}
    return {"id": result.case_id, "answer": result.answer}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the files; return 0 if nothing failed, 1 if a case failed, 2 if a file could not be read."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--answers", type=Path, metavar="OUT.json", help="write what the program computed")
    options = parser.parse_args(arguments)
    everything: list[Result] = []
    in_whole: list[Result] = []
    unreadable = False
    for path in options.files:
        try:
            cases = load(path)
        except (OSError, ValueError) as error:
            print(f"{path}: cannot be read: {error}", file=sys.stderr)
            unreadable = True
            continue
        results = [run_case(case) for case in cases]
        report(path, results)
        dong = [run_case(case) for case in map(in_dong, cases) if case is not None]
        if dong:
            print(f"  in đồng (amounts × 10^digits, digits 0): {_counts(dong)}")
            for result in dong:
                if result.outcome == FAILED:
                    print(f"    FAILED in đồng {result.case_id}: {result.why}")
        in_whole += dong
        everything += results
    if len(options.files) > 1:
        print(f"all, as written: {_counts(everything)}")
        print(f"all, in đồng: {_counts(in_whole)}")
    if options.answers:
        answers = [_as_answer(result) for result in everything]
        options.answers.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if unreadable:
        return 2
    return 1 if any(result.outcome == FAILED for result in [*everything, *in_whole]) else 0
