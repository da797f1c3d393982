"""`sonhom loan-schedule`: the worked case of docs/cli.md, and what is said of a case that is not complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import call

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def test_the_case_of_the_docs_gives_the_schedule_of_the_docs(tmp_path: Path) -> None:
    case, schedule = re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)
    file = tmp_path / "khoan-vay.json"
    file.write_text(case, encoding="utf-8")
    said = call("loan-schedule", file)
    assert said.code == 0, said.err
    answer = json.loads(said.out)
    for row, shown in zip(answer["schedule"], json.loads(schedule), strict=True):
        assert {name: row[name] for name in shown} == shown
    as_json = call("loan-schedule", file, "--json").json
    assert as_json["answers"][0]["answer"] == answer


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "rong.json"
    file.write_text("{}", encoding="utf-8")
    said = call("loan-schedule", file, "--json")
    assert said.code == 1
    message = said.json["refused"][0]["message"]
    assert "input.principal" in message
    assert "input.amortization" in message


def test_files_that_are_none(tmp_path: Path) -> None:
    file = tmp_path / "hong.json"
    file.write_text("{,", encoding="utf-8")
    bad = call("loan-schedule", file, "--json")
    assert (bad.code, bad.json["trouble"]["code"]) == (3, "not-json")
    assert "dòng 1, cột 2" in bad.err
    gone = call("loan-schedule", tmp_path / "khong-co.json")
    assert (gone.code, str(tmp_path / "khong-co.json") in gone.err) == (3, True)
