"""When something breaks while sensitive values are at hand: errors, the program's diary and stderr do not repeat them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from desktop import logs
from desktop.models.ids import new_uid
from desktop.models.inclusion_kinds import Role, Vulnerable
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.base import table_of
from desktop.models.records.every import Vulnerability
from desktop.services import inclusion, member_lists, members, supports
from desktop.services.inclusion import AddVulnerability
from desktop.services.members import ChangeMember
from desktop.services.supports import Beneficiary
from desktop.store.book import Book
from desktop.store.engine import make_engine
from tests.cli.conftest import call
from tests.secret_book import ACT, PASSPHRASE, SECRETS, TODAY, WHO, Secret, leaks, sign
from tests.support_kit import request

pytestmark = pytest.mark.slow


def diary(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.rglob("*.log*"))


def breaking(*_args: Any, **_named: Any) -> Any:
    raise RuntimeError(f"cannot tidy {SECRETS}")


def test_an_error_of_the_program_is_described_without_what_it_carried(
    secret_book: Book, secret: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    """The real door of the window: `sys.excepthook` as `logs.catch_all` sets it."""
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logs.start_log(tmp_path)
    logs.catch_all(shown.append)
    monkeypatch.setattr("desktop.services.inclusion.people.tidy", breaking)
    sign(secret_book, Role.INCLUSION)
    command = AddVulnerability(secret.member, Vulnerable.DIOXIN, TODAY, "chồng bỏ đi")
    with pytest.raises(RuntimeError) as broken:
        inclusion.add_vulnerability(secret_book, command, ACT)
    sys.excepthook(RuntimeError, broken.value, broken.value.__traceback__)
    assert shown == [broken.value]
    written = diary(tmp_path)
    assert "desktop/services/inclusion.py" in written, "where it broke is said"
    assert "RuntimeError" in written
    said = capfd.readouterr()
    assert leaks(written + said.out + said.err) == []
    assert secret.name not in written


def test_a_command_that_breaks_says_only_the_kind_of_its_error(
    secret_model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SONHOM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("SONHOM_USER", WHO[Role.INCLUSION])
    monkeypatch.setenv("SONHOM_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("desktop.services.group_papers.member_list", breaking)
    path = secret_model.copy(tmp_path / "so.sonhom")
    for options in ((), ("--json",)):
        ended = call("report", path, "member-list", "--group", "N-001", "--out", tmp_path, *options)
        assert "RuntimeError" in ended.out + ended.err
        assert leaks(ended.out + ended.err) == []
    assert "RuntimeError" in diary(tmp_path / "config")
    assert leaks(diary(tmp_path / "config")) == []


def test_an_error_of_the_database_does_not_repeat_the_values_it_was_given(
    secret_book: Book, secret: Secret
) -> None:
    row = {
        "uid": new_uid(),
        "member_id": 999_999,
        "category": Vulnerable.VIOLENCE,
        "since": TODAY,
        "basis": "chồng bỏ đi",
        "at": ACT.at,
        "by": ACT.who,
    }
    sign(secret_book, Role.INCLUSION)
    with pytest.raises((SQLAlchemyError, Trouble)) as broken, secret_book.write(ACT) as session:
        session.execute(insert(table_of(Vulnerability)), [row])
    error: BaseException | None = broken.value
    while error is not None:
        assert leaks(f"{error} {error!r}") == []
        error = error.__cause__ or error.__context__
    assert make_engine("/tmp/khong-co.sonhom").hide_parameters


def test_refusals_of_what_a_clerk_writes_do_not_say_what_is_there(secret_book: Book, secret: Secret) -> None:
    """A person entered twice, a request with a wrong share, a person changed meanwhile by somebody else."""
    sign(secret_book, Role.CLERK)
    seen = member_lists.get(secret_book, secret.member)
    deeds = (
        lambda: members.enrol(secret_book, members.EnrolMember(person=seen.person, code=secret.code), ACT),
        lambda: members.change(
            secret_book,
            ChangeMember(member=secret.member, version=seen.version - 1, code=seen.code, person=seen.person),
            ACT,
        ),
        lambda: supports.change(
            secret_book,
            secret.support,
            0,
            request(Beneficiary(member=secret.member), hardship=True, amount=-1),
            ACT,
        ),
        lambda: inclusion.add_vulnerability(
            secret_book, AddVulnerability(secret.member, Vulnerable.VIOLENCE, TODAY), ACT
        ),
    )
    for deed in deeds:
        with pytest.raises((Refusal, Trouble)) as refused:
            deed()
        assert leaks(str(refused.value)) == []
