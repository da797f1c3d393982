"""Whoever changes the book behind the program's back is found out, and the first place is named. On both engines."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date

import psycopg
import pytest

from desktop.models.ids import LoanId, new_uid
from desktop.models.kinds import EntryKind
from desktop.models.records.every import APPEND_ONLY, Loan, Member
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.services import meetings, statements, verify, verify_chain
from desktop.services.acts import Act
from desktop.services.ledger import post
from desktop.services.verify import Verification
from desktop.store.book import Book
from desktop.store.engine import writing
from desktop.store.guards import create_guards
from desktop.store.trail import ZERO, link
from tests.ready_books import fill
from tests.village import START, Village, a_sheet, an_act, meet, settle


@pytest.fixture
def village(any_book: Book) -> Village:
    """A village with two meetings: PT-0001 to 0003 on 3 January, PT-0004 to 0006 and PC-0001 on 31 January."""
    return fill(any_book, "two meetings", _two_meetings)


def _two_meetings(book: Book) -> Village:
    made = settle(book)
    meet(book, made, 1)
    meet(book, made, 2, withdrawal=20_000)
    return made


def tamper(book: Book, *statements: str) -> None:
    """Do to the book what the program never does, past its guards, and put the guards back."""
    if book.is_file:
        with closing(sqlite3.connect(book.address, isolation_level=None)) as raw:
            for name in [f"guard_{table}_{what}" for table in APPEND_ONLY for what in ("update", "delete")]:
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
    else:
        with psycopg.connect(book.address, autocommit=True) as raw:
            raw.execute("SET session_replication_role = replica")
            for statement in statements:
                raw.execute(statement)
    with writing(book.engine).begin() as connection:
        create_guards(connection)


def codes(result: Verification) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_book_used_as_meant_is_whole(any_book: Book, village: Village) -> None:
    result = verify.verify(any_book)
    assert result.ok, result.findings
    assert (result.vouchers, result.postings) == (7, 3 * 5 * 2 + 2)
    assert result.changes == 2 + 1 + 1 + 1 + 3 + 3 + 1


def test_an_empty_book_is_whole(any_book: Book) -> None:
    assert verify.verify(any_book).ok


def test_corrections_and_reversals_leave_the_book_whole(any_book: Book, village: Village) -> None:
    first = meetings.meetings_of(any_book, village.group)[-1]
    sheet = a_sheet(village, first.day, savings=70_000)
    meetings.correct(
        any_book,
        meetings.CorrectMeeting(first.id, sheet, "Ghi nhầm", agreed=True),
        an_act(date(2026, 2, 2)),
    )
    second = meetings.meetings_of(any_book, village.group)[0]
    meetings.reverse_meeting(any_book, second.id, "Họp ngày khác", an_act(date(2026, 2, 3)))
    assert verify.verify(any_book).ok


def test_text_typed_in_decomposed_letters_verifies(any_book: Book, village: Village) -> None:
    sheet = a_sheet(village, date(2026, 3, 1))
    decomposed = unicodedata.normalize("NFD", "Chị Hường ốm nặng")
    row = replace(sheet.rows[0], note=decomposed)
    sheet = replace(sheet, rows=(row, *sheet.rows[1:]), place=decomposed, decisions=decomposed)
    act = Act(unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), an_act(sheet.day).at, sheet.day)
    meetings.record(any_book, meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True), act)
    result = verify.verify(any_book)
    assert result.ok, result.findings


TAMPERINGS = {
    "an amount and its box": (
        "UPDATE postings SET amount = amount * 2 WHERE voucher_id = 4",
        "voucher",
        "PT-0004/2026",
    ),
    "one side of a voucher": ("UPDATE postings SET amount = amount + 1 WHERE id = 3", "voucher", "PT-0001/2026"),
    "a voucher's day": ("UPDATE vouchers SET day = '2026-01-04' WHERE id = 2", "voucher", "PT-0002/2026"),
    "a voucher's text": ("UPDATE vouchers SET text = 'x' WHERE id = 6", "voucher", "PT-0005/2026"),
    "who recorded": ("UPDATE vouchers SET recorded_by = 'Người khác' WHERE id = 3", "voucher", "PT-0003/2026"),
    "whose account": ("UPDATE accounts SET member_id = NULL WHERE account = 321 AND member_id = 1", "voucher", "PT-0001/2026"),
    "a kind of paper that there is not": ("UPDATE vouchers SET paper = 'XX' WHERE id = 2", "voucher", "XX-2/2026"),
    "the log made unreadable": ("UPDATE changes SET after = 'x' WHERE subject = 'members'", "change", "thành viên"),
    "a posting's day": ("UPDATE postings SET day = '2026-01-30' WHERE voucher_id = 4", "posting-day", "PT-0004/2026"),
    "a posting taken out": ("DELETE FROM postings WHERE voucher_id = 5", "voucher", "PC-0001/2026"),
    "the log": ("UPDATE changes SET after = replace(after, 'Hòa 2', 'Hoa 2') WHERE subject = 'members'", "change", "thành viên"),
    "who changed": ("""UPDATE changes SET "by" = 'x' WHERE id = 3""", "change", "quy chế"),
    "a change taken out": ("DELETE FROM changes WHERE seq = 4", "chain-gap", "thành viên"),
    "the end of the chain": ("UPDATE registers SET last_seq = last_seq - 1", "chain-end", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_the_first_row_that_does_not_fit_is_named(any_book: Book, village: Village, what: str) -> None:
    statement, code, where = TAMPERINGS[what]
    tamper(any_book, statement)
    result = verify.verify(any_book)
    assert not result.ok
    assert result.first is not None
    assert (result.first.code, where in result.first.where) == (code, True), result.findings


@pytest.mark.parametrize(
    ("statement", "code", "where"),
    [
        ("UPDATE vouchers SET day = 'hôm qua' WHERE id = 2", "voucher", "PT-0002/2026, TO-01 – Tổ TO-01, ngày hôm qua"),
        ("UPDATE members SET sex = 'x' WHERE id = 2", "record", "TO-01/TV-002 – Nguyễn Thị Hòa 2"),
        ("UPDATE members SET birth_date = 'x' WHERE id = 2", "record", "TO-01/TV-002 – Nguyễn Thị Hòa 2"),
        ("UPDATE savings_groups SET kind = 'x', founded = 'y'", "record", "TO-01 – Tổ TO-01"),
        ("UPDATE meetings SET day = 'x' WHERE id = 1", "record", "1 – x"),
        ("UPDATE attendances SET state = 'x' WHERE meeting_id = 1", "attendance", "03/01/2026"),
        ("UPDATE cycles SET state = 'x'", "record", ""),
    ],
)  # fmt: skip
def test_what_somebody_made_senseless_is_named_and_not_taken_for_a_bad_disk(
    book: Book, statement: str, code: str, where: str
) -> None:
    village = settle(book)
    meet(book, village)
    meet(book, village, 2)
    tamper(book, statement, "UPDATE members SET phone = '0900000000' WHERE id = 3")
    result = verify.verify(book)
    assert any(found.code == code and where in found.where for found in result.findings), result.findings
    assert not result.damaged
    assert any("TV-003" in finding.where for finding in result.findings)  # the check goes on behind it


def test_the_place_of_a_voucher_says_group_and_day(any_book: Book, village: Village) -> None:
    tamper(any_book, "UPDATE vouchers SET text = 'x' WHERE id IN (4, 6)")
    found = verify.verify(any_book).findings
    assert [finding.voucher for finding in found] == [4, 6]
    assert found[0].where == "PT-0004/2026, TO-01 – Tổ TO-01, ngày 31/01/2026"
    assert found[0].group == village.group


def test_a_voucher_taken_out_leaves_gaps(any_book: Book, village: Village) -> None:
    tamper(
        any_book,
        "DELETE FROM postings WHERE voucher_id = 2",
        "DELETE FROM vouchers WHERE id = 2",
    )
    found = verify.verify(any_book)
    assert codes(found)[0] == "chain-gap"
    assert {"number-gap", "totals"} <= set(codes(found))
    assert any("PT-0002/2026" in finding.message for finding in found.findings)


def test_the_last_meeting_taken_out_with_its_traces_is_told_by_the_end_of_the_chain(
    any_book: Book, village: Village
) -> None:
    tamper(
        any_book,
        "DELETE FROM postings WHERE voucher_id >= 4",
        "DELETE FROM vouchers WHERE id >= 4",
        "DELETE FROM attendances WHERE meeting_id = 2",
        "DELETE FROM meetings WHERE id = 2",
        "DELETE FROM changes WHERE seq > 14",
        "DELETE FROM day_totals WHERE day = '2026-01-31'",
    )
    assert codes(verify.verify(any_book)) == ["chain-end"]


def test_a_forged_voucher_is_found_even_when_its_own_hash_is_made_to_fit(
    any_book: Book, village: Village
) -> None:
    """Only recomputing every row after it would hide it; and then the printed papers do not fit."""
    tamper(any_book, "UPDATE vouchers SET text = 'x', hash = hash WHERE id = 1")
    assert verify.verify(any_book).first is not None


@pytest.mark.parametrize(
    ("statement", "code", "where"),
    [
        ("UPDATE members SET phone = '0900000000' WHERE id = 2", "record", "TO-01/TV-002 – Nguyễn Thị Hòa 2"),
        ("UPDATE savings_groups SET name = 'Tổ khác'", "record", "TO-01 – Tổ khác"),
        ("UPDATE constitutions SET share_value = 1", "record", ""),
        ("UPDATE meetings SET cash_difference = 5 WHERE id = 1", "record", "1 – 2026-01-03"),
        ("UPDATE book SET organisation = 'Nơi khác'", "record", "Sổ thử"),
        ("DELETE FROM memberships WHERE id = 2", "record-lost", ""),
        (
            "UPDATE attendances SET state = 'late' WHERE member_id = 1 AND meeting_id = 1",
            "attendance",
            "03/01/2026",
        ),
        ("DELETE FROM attendances WHERE meeting_id = 2", "attendance", "31/01/2026"),
        ("UPDATE day_totals SET amount = amount + 1 WHERE account = 111", "totals", "TO-01"),
        ("DELETE FROM day_totals WHERE account = 111", "totals", "TO-01"),
    ],
)
def test_master_data_and_totals_are_checked_against_what_they_follow_from(
    any_book: Book, village: Village, statement: str, code: str, where: str
) -> None:
    tamper(any_book, statement)
    result = verify.verify(any_book)
    assert codes(result) == [code]
    assert where in result.findings[0].where


def test_a_record_added_past_the_program_is_found(any_book: Book, village: Village) -> None:
    tamper(
        any_book,
        "INSERT INTO households (id, uid, code, hamlet, address_text, note, name_fold, version) "
        + ("VALUES (9, x'00112233445566778899aabbccddeeff'" if any_book.is_file else r"VALUES (9, '\x00112233445566778899aabbccddeeff'::bytea")
        + ", 'HO-9', '', '', '', '', 1)",
    )  # fmt: skip
    result = verify.verify(any_book)
    assert codes(result) == ["record-unknown"]
    assert result.findings[0].where == "HO-9"


def test_a_box_below_zero_on_a_day_in_between_is_found(any_book: Book, village: Village) -> None:
    tamper(
        any_book,
        "UPDATE postings SET day = '2026-01-05' WHERE voucher_id = 5",
        "UPDATE postings SET amount = -999000 WHERE voucher_id = 5 AND amount < 0",
        "UPDATE postings SET amount = 999000 WHERE voucher_id = 5 AND amount > 0",
    )
    found = [finding.message for finding in verify.verify(any_book).findings if finding.code == "below-zero"]
    assert any("Tiền mặt quỹ vay ngày 05/01/2026 thiếu" in message for message in found)
    assert any("Tiết kiệm tự nguyện ngày 05/01/2026 thiếu" in message for message in found)


def test_both_sides_are_compared_on_every_date(any_book: Book, village: Village) -> None:
    tamper(any_book, "UPDATE postings SET amount = amount + 7000 WHERE id = 3")
    assert "out-of-balance" in codes(verify.verify(any_book))


def test_a_guard_that_is_gone_or_was_made_toothless_is_found(any_book: Book, village: Village) -> None:
    if any_book.is_file:
        with closing(sqlite3.connect(any_book.address)) as raw:
            raw.execute("DROP TRIGGER guard_postings_update")
            raw.execute("DROP TRIGGER guard_vouchers_delete")
            raw.execute("CREATE TRIGGER guard_vouchers_delete BEFORE DELETE ON vouchers BEGIN SELECT 1; END")
    else:
        with psycopg.connect(any_book.address) as raw:
            raw.execute("DROP TRIGGER guard_postings_update ON postings")
            raw.execute("ALTER TABLE vouchers DISABLE TRIGGER guard_vouchers_delete")
    result = verify.verify(any_book)
    assert codes(result) == ["guard", "guard"]
    assert "guard_postings_update" in result.findings[0].message
    address = any_book.address
    any_book.close()
    with Book.open(address) as again:  # they stand again, and whoever verifies is told that they had not
        assert codes(verify.verify(again)) == ["guard-repaired", "guard-repaired"]
    with Book.open(address) as again:
        assert verify.verify(again).ok


@pytest.mark.postgres
@pytest.mark.parametrize(
    "tampering",
    [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE OR REPLACE TRIGGER guard_postings_update BEFORE UPDATE ON postings"
        " FOR EACH ROW WHEN (OLD.amount < 0) EXECUTE FUNCTION refuse_change('không')",
        "DROP TRIGGER guard_postings_update ON postings; CREATE TRIGGER guard_postings_update"
        " BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION refuse_change('không')",
    ],
    ids=["function", "condition", "other table"],
)
def test_a_guard_of_a_server_that_only_looks_like_one_is_found(pg_address: str, tampering: str) -> None:
    with Book.create(pg_address, "Sổ huyện") as server:
        village = settle(server)
        meet(server, village)
        with psycopg.connect(pg_address) as raw:
            raw.execute(tampering)
        found = verify.verify(server)
        assert set(codes(found)) == {"guard"}
        assert any("guard_postings_update" in finding.message for finding in found.findings)
    with Book.open(pg_address) as again:  # they stand again, which is told
        assert set(codes(verify.verify(again))) == {"guard-repaired"}
    with Book.open(pg_address) as again:
        assert verify.verify(again).ok
        with psycopg.connect(pg_address) as raw, pytest.raises(psycopg.errors.CheckViolation):
            raw.execute("UPDATE postings SET amount = amount + 1")


def test_a_row_that_points_to_nothing_is_found(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    with closing(sqlite3.connect(book.address, isolation_level=None)) as raw:
        raw.execute("INSERT INTO member_photos VALUES (999, x'00')")
    result = verify.verify(book)
    assert codes(result) == ["reference"]
    assert "member_photos" in result.findings[0].message


def test_progress_is_told_and_may_stop_the_work(any_book: Book, village: Village) -> None:
    told: list[tuple[int, int, str]] = []
    verify.verify(any_book, lambda *state: told.append(state))
    assert told[0][2] == "Kiểm tra chuỗi"
    assert told[-1][0] == told[-1][1] == 7 + 12

    class Stop(Exception):
        pass

    def stop(*_state: object) -> None:
        raise Stop

    with pytest.raises(Stop):
        verify.verify(any_book, stop)


def test_two_pens_make_two_chains(any_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    monkeypatch.setattr("desktop.store.register._register_uid", new_uid())
    meet(any_book, village, 2)
    with any_book.write(an_act()) as session:
        session.get_one(Member, village.members[0]).phone = "0912345678"
    assert verify.verify(any_book).ok
    tamper(any_book, "UPDATE vouchers SET text = 'x' WHERE id IN (2, 5)")
    assert [finding.voucher for finding in verify.verify(any_book).findings] == [2, 5]


def test_the_chain_names_loans_by_what_holds_in_every_book(any_book: Book, village: Village) -> None:
    with any_book.write(an_act()) as session:
        loan = Loan(
            uid=new_uid(),
            code="KV-1",
            group_id=village.group,
            member_id=village.members[0],
            amount=50_000,
            applied_on=START,
            terms="{}",
            rule="{}",
        )
        session.add(loan)
        session.flush()
        entry = Entry(EntryKind.LOAN_OUT, 50_000, village.members[0], LoanId(loan.id))
        post(
            session,
            [
                VoucherDraft(
                    village.group,
                    paper_for([entry]),
                    date(2026, 2, 1),
                    lines_of([entry]),
                    member=entry.member,
                )
            ],
        )
    assert verify.verify(any_book).ok
    tamper(any_book, "UPDATE accounts SET loan_id = NULL WHERE loan_id IS NOT NULL")
    found = verify.verify(any_book)
    assert codes(found) == ["voucher"]


@pytest.fixture
def printed(any_book: Book, village: Village) -> str:
    """The number of a statement printed after the second meeting."""
    order = statements.StatementOrder(village.group, START, date(2026, 2, 1), (village.members[0],))
    number = statements.issue(any_book, order, an_act(date(2026, 2, 1))).value[0].mark.number
    meet(any_book, village, 3)
    assert verify.verify(any_book).ok
    return number


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prints SET balance = balance + 1000",
        "UPDATE prints SET check_code = 'AAAA-BBBB-CCCC'",
        "UPDATE prints SET number = 'SK-000009/2026'",
        "UPDATE prints SET ends = '2026-02-02'",
    ],
)
def test_what_was_printed_is_checked(any_book: Book, village: Village, printed: str, statement: str) -> None:
    tamper(any_book, statement)
    found = verify.verify(any_book)
    assert codes(found)[0] == "paper"
    assert found.findings[0].where.startswith("Sao kê thành viên số SK-")


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM prints WHERE id = 2", "print-gap"),
        ("DELETE FROM prints WHERE id = 1", "print-copies"),
        ("UPDATE prints SET copy = 5 WHERE id = 4", "print-copies"),
        ("UPDATE prints SET report = 'receipt' WHERE id = 3", "print-kind"),
    ],
)
def test_a_line_of_what_was_printed_cannot_go_unseen(book: Book, statement: str, code: str) -> None:
    village = settle(book)
    meet(book, village, 1)
    order = statements.StatementOrder(village.group, START, START, village.members)  # numbers 1 to 3
    for _time in range(2):
        statements.issue(book, order, an_act())
    assert verify.verify(book).ok
    tamper(book, statement)
    assert code in codes(verify.verify(book))


def test_a_book_put_back_to_an_older_copy_is_told_by_its_papers(
    any_book: Book, village: Village, printed: str
) -> None:
    tamper(any_book, "UPDATE prints SET seq = seq + 1000")
    assert codes(verify.verify(any_book)) == ["cut-back"]


def test_a_past_made_anew_with_all_its_hashes_is_told_by_the_papers(
    any_book: Book, village: Village, printed: str
) -> None:
    """Somebody who knows the program changes a text and recomputes the whole chain after it."""
    tamper(any_book, "UPDATE vouchers SET text = 'x' WHERE id = 1")
    _recompute_the_chain(any_book)
    assert codes(verify.verify(any_book)) == ["paper"]


def _recompute_the_chain(book: Book) -> None:
    with book.read() as session:
        connection = session.connection()
        before, statements_to_run = ZERO, []
        for row in verify_chain._links(connection, 1, {}, verify_chain.Counts()):
            before = link(before, row.content)
            table = "changes" if row.place().code == "change" else "vouchers"
            value = f"x'{before.hex()}'" if book.is_file else rf"'\x{before.hex()}'::bytea"
            statements_to_run.append(f"UPDATE {table} SET hash = {value} WHERE seq = {row.seq}")
        statements_to_run.append(f"UPDATE registers SET last_hash = {value}")
    tamper(book, *statements_to_run)
