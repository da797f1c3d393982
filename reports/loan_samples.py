"""Believable values for the papers of loans, beside `reports.samples`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reports.kit.values import Signer
from reports.lender_collection import CollectionLine, LenderCollection
from reports.loan_application import (
    HouseholdDebt,
    HouseholdMoney,
    LoanApplication,
    LoanDecision,
    Voice,
)
from reports.loan_contract import Guarantee, LoanContract
from reports.loan_due_list import DueLoan, LoanDueList
from reports.loan_overdue import AgeBucket, LoanOverdue, OverdueLoan, RiskLine
from reports.loan_passbook import LoanPassbook
from reports.loan_payoff import LoanPayoff, PayoffPart
from reports.loan_receipt import LoanReceipt, LoanReceipts
from reports.loan_reminder import LoanReminder, LoanReminders, Tone
from reports.loan_schedule import LoanSchedule
from reports.loan_values import (
    LenderSide,
    LoanHead,
    LoanMovement,
    LoanPerson,
    ScheduleRow,
    Split,
    UpfrontFee,
)
from reports.samples import GROUP, NAMES, ORGANISATION, mark, receipt
from resources.lang.dong import show_percent

PLACE = "Tân Hưng"
MEETING_PLACE = "Nhà văn hóa ấp Bình Phú, xã Tân Hưng"
LENDER = LenderSide("Nguyễn Thị Bé Tư", "Lê Thị Hồng Nhung", address=MEETING_PLACE, phone="0277 3 812 345")
FEES = (UpfrontFee("phí hồ sơ", 50_000),)


def person(index: int = 0, *, fingerprint: bool = False) -> LoanPerson:
    """Return one member of the sample group."""
    return LoanPerson(
        NAMES[index % len(NAMES)],
        f"TV-{index + 1:03d}",
        f"{index % 27 + 1:02d}/0{index % 9 + 1}/{1961 + index % 40}",
        f"0820******{10 + index % 90}",
        "ấp Bình Phú, xã Tân Hưng, tỉnh Đồng Tháp",
        f"09{index % 90 + 10} 345 {index % 900 + 100}",
        f"H-{index + 11:03d}",
        fingerprint,
        "Thạch Minh Tâm" if fingerprint else "",
    )


def head(index: int = 0, *, amount: int = 10_000_000, number: int = 12) -> LoanHead:
    """Return a loan of one member: equal principal, one percent a month on what is owed."""
    return LoanHead(
        code=f"KV-{index + 12:04d}",
        borrower=person(index),
        group=GROUP,
        amount=amount,
        contract=f"{index + 12:02d}/HĐVV-2026",
        purpose="Mua 2 con bò giống và làm chuồng",
        livelihood="Chăn nuôi bò sinh sản",
        disbursed_on=date(2026, 4, 5),
        number=number,
        term_text=f"{number} tháng, từ ngày 05/04/2026 đến ngày {_due(number):%d/%m/%Y}",
        repayment_text="Mỗi tháng một kỳ, vào ngày 05; gốc chia đều, lãi giảm dần",
        rate_text="1 %/tháng, tức 12 %/năm",
        method_text="tính trên dư nợ giảm dần",
        late_text="gốc quá hạn chịu lãi 1,5 %/tháng (150 % lãi suất trong hạn) cho số ngày trả chậm",
        apr_percent=Decimal("12.98"),
        eir_percent=Decimal("13.7834"),
        guarantors=(NAMES[(index + 1) % len(NAMES)], NAMES[(index + 2) % len(NAMES)]),
    )


def _due(number: int) -> date:
    """Return the day of the n-th instalment."""
    month = 3 + number
    return date(2026 + month // 12, month % 12 + 1, 5)


def schedule_rows(
    number: int = 12, *, amount: int = 10_000_000, fees: int = 0, paid: int = 0
) -> tuple[ScheduleRow, ...]:
    """Return instalments of equal principal with 1 % interest a month; the first `paid` ones are paid."""
    part = amount // max(number, 1) // 1000 * 1000
    owed, rows = amount, []
    for nr in range(1, number + 1):
        principal = owed if nr == number else part
        interest = owed // 100
        owed -= principal
        row = ScheduleRow(nr, _due(nr), principal, interest, fees, 0, owed)
        if nr <= paid:
            late = 15_000 if nr == 2 else 0
            row = replace(
                row, penalties=late, paid_on=_due(nr), paid_principal=principal, paid_interest=interest,
                paid_fees=fees, paid_penalties=late,
            )  # fmt: skip
        rows.append(row)
    return tuple(rows)


def schedule(number: int = 12, *, trial: bool = False, fees: int = 5_000) -> LoanSchedule:
    """Return the schedule of one loan."""
    return LoanSchedule(
        ORGANISATION, head(number=number), schedule_rows(number, fees=fees), date(2026, 4, 5),
        mark("" if trial else "LTN-2026-000012", 1, "" if trial else "SONHOM1;LTN;N-01;KV-0012;2026-04-05"),
        LENDER, PLACE, FEES, f"kỳ họp hằng tháng, {MEETING_PLACE}", trial,
    )  # fmt: skip


def application() -> LoanApplication:
    """Return an application decided by a vote."""
    return LoanApplication(
        ORGANISATION,
        GROUP,
        mark("DN-2026-000012", 1),
        number="DN-2026-000012",
        day=date(2026, 3, 28),
        place=PLACE,
        borrower=person(0),
        household_people=5,
        household_workers=3,
        living_standard="Hộ cận nghèo",
        savings=2_150_000,
        amount=10_000_000,
        purpose="Mua 2 con bò giống và làm chuồng",
        livelihood="Chăn nuôi bò sinh sản",
        term_text="12 tháng",
        rate_text="1 %/tháng trên dư nợ giảm dần",
        repayment_text="Mỗi tháng một kỳ, gốc chia đều",
        income=(
            HouseholdMoney("Lúa 2 vụ (tính bình quân)", 4_500_000),
            HouseholdMoney("Làm thuê, phụ hồ", 3_200_000),
            HouseholdMoney("Trợ cấp người khuyết tật", 1_000_000),
        ),
        costs=(
            HouseholdMoney("Ăn uống, điện nước", 4_200_000),
            HouseholdMoney("Học phí, thuốc men", 1_300_000),
        ),
        debts=(
            HouseholdDebt("Ngân hàng Chính sách xã hội", 15_000_000, 450_000, "Nhà vệ sinh, nước sạch"),
        ),
        dsr_text="16,4 % thu nhập, trong mức 40 % của tổ",
        guarantors=(person(1), person(2)),
        spouse=replace(person(6), name="Nguyễn Văn Bảy"),
        decision=LoanDecision(
            True, date(2026, 4, 5), "25", 25, 23, 21, 1, 1, (), 10_000_000, "12 tháng",
            "1 %/tháng trên dư nợ giảm dần",
        ),
        chair="Nguyễn Thị Bé Tư",
        secretary="Phan Thị Diễm My",
    )  # fmt: skip


def refused_application() -> LoanApplication:
    """Return an application that named people have refused, giving their reason."""
    voices = (
        Voice("Nguyễn Thị Bé Tư", "Tổ trưởng", "không đồng ý"),
        Voice("Lê Thị Hồng Nhung", "Thủ quỹ", "không đồng ý"),
        Voice("Phan Thị Diễm My", "Thư ký", "đồng ý"),
    )
    decision = LoanDecision(
        False, date(2026, 4, 5), voices=voices, reason="Quỹ vay kỳ này không đủ tiền; mời chị đề nghị lại ở kỳ sau"
    )  # fmt: skip
    return replace(application(), decision=decision)


def blank_application() -> LoanApplication:
    """Return the blank form."""
    return LoanApplication(ORGANISATION, GROUP, mark())


def contract() -> LoanContract:
    """Return a contract with two guarantors, the spouse and a borrower who signs by fingerprint."""
    loan = head(5)
    return LoanContract(
        ORGANISATION,
        replace(loan, borrower=person(5, fingerprint=True)),
        schedule_rows(12),
        LENDER,
        date(2026, 4, 5),
        mark(loan.contract, 1, "SONHOM1;HD;N-01;KV-0017;2026-04-05;10000000;7K3M9QFD"),
        PLACE,
        MEETING_PLACE,
        "biểu quyết của kỳ họp 25 ngày 05/04/2026 (21/23 thành viên có mặt đồng ý)",
        FEES,
        "một năm 365 ngày; tính ngày nhận tiền, không tính ngày trả",
        "được trả trước hạn bất cứ lúc nào, không mất thêm phí; lãi chỉ tính đến ngày trả",
        f"kỳ họp hằng tháng của tổ tại {MEETING_PLACE}, hoặc gặp thủ quỹ",
        "tiền mặt tại kỳ họp 25",
        ("Bên vay gửi tiết kiệm bắt buộc mỗi kỳ họp 50.000 ₫ trong suốt thời hạn vay.",),
        (Guarantee(person(6)), Guarantee(person(7), 5_000_000)),
        replace(person(8), name="Thạch Văn Sơn"),
    )


def passbook(number: int = 12, *, paid: int = 4) -> LoanPassbook:
    """Return the passbook of a loan with some instalments paid, one of them late."""
    loan, rows = head(number=number), schedule_rows(number, paid=paid)
    movements = [
        LoanMovement(date(2026, 4, 5), "Nhận tiền vay", "PC-2026-0031", loan.amount, balance=loan.amount)
    ]
    for row in rows[:paid]:
        split = Split(row.paid_principal, row.paid_interest, row.paid_fees, row.paid_penalties)
        movements.append(
            LoanMovement(
                row.due_on, f"Trả kỳ {row.nr} tại kỳ họp {25 + row.nr}", f"PT-2026-{100 + row.nr:04d}", 0,
                split, row.balance,
            )
        )  # fmt: skip
    owed = rows[paid - 1].balance if paid else loan.amount
    return LoanPassbook(
        ORGANISATION, loan, rows, tuple(movements), Split(owed, owed * 20 // 3000), date(2026, 8, 25),
        mark("SVV-2026-000012", 2, "SONHOM1;SVV;N-01;KV-0012;2026-08-25;1284;7K3M9QFD"),
        lender=LENDER, place=PLACE, status_text="Đang trả đúng hạn",
    )  # fmt: skip


def loan_receipt(index: int = 0, *, closed: bool = False) -> LoanReceipt:
    """Return the receipt of one instalment, or of the last one."""
    split = Split(1_000_000, 10_000, 0, 0, 40_000) if closed else Split(833_000, 100_000, 5_000, 15_000)
    voucher = replace(
        receipt(index),
        number=f"PT-2026-{index + 101:04d}",
        reason=f"Trả nợ vay theo hợp đồng {index + 12:02d}/HĐVV-2026, kỳ {12 if closed else 1}",
        amount=split.total,
        debit="111",
        credit="131, 511, 512, 513",
        day=date(2026, 5, 5),
    )
    voucher = replace(voucher, mark=mark(voucher.number, 1, f"SONHOM1;PT;N-01;{index + 101};2026-05-05"))
    return LoanReceipt(
        voucher,
        f"{index + 12:02d}/HĐVV-2026",
        split,
        1_000_000 if closed else 10_000_000,
        0 if closed else 9_167_000,
        None if closed else date(2026, 6, 5),
        0 if closed else 924_670,
        "gửi vào tiết kiệm tự nguyện" if closed else "",
        closed,
    )


def loan_receipts() -> LoanReceipts:
    """Return three receipts: two instalments, one of a borrower with a fingerprint, and a last one."""
    return LoanReceipts((loan_receipt(0), loan_receipt(5), loan_receipt(3, closed=True)))


def payoff() -> LoanPayoff:
    """Return the quote for closing a loan after four instalments."""
    parts = (
        PayoffPart("Gốc còn nợ", 6_668_000, "10.000.000 ₫ − 3.332.000 ₫ đã trả"),
        PayoffPart("Lãi đến ngày trả", 43_845, "6.668.000 ₫ × 12 %/năm × 20 ngày ÷ 365"),
        PayoffPart("Phạt trả chậm", 0, "không có kỳ nào quá hạn"),
        PayoffPart("Trừ tiền trả thừa đang giữ", -12_000, "còn lại của phiếu PT-2026-0104"),
    )
    return LoanPayoff(
        ORGANISATION, head(), date(2026, 8, 25), date(2026, 8, 31), parts,
        mark("BG-2026-000003", 1, "SONHOM1;BG;N-01;KV-0012;2026-08-25;6699845"), date(2026, 8, 25), 3_332_000,
        3_697_020, 196_895, "mỗi ngày trả sau ngày 25/08/2026 thêm 2.192 ₫ tiền lãi", (),
        f"gặp thủ quỹ hoặc tại kỳ họp ở {MEETING_PLACE}", LENDER, PLACE,
    )  # fmt: skip


def overdue(loans: int = 9) -> LoanOverdue:
    """Return the late loans of the sample group with their ageing."""
    rows = tuple(
        OverdueLoan(
            f"TV-{index + 1:03d}", NAMES[index % len(NAMES)], f"KV-{index + 12:04d}", days,
            833_000 * (1 + days // 31), 100_000 * (1 + days // 31), 500 * days, 6_668_000 + 250_000 * index,
            "12234555"[min(days // 30, 7)], index % 4 == 2,
            (NAMES[(index + 1) % len(NAMES)], NAMES[(index + 2) % len(NAMES)]),
        )
        for index, days in enumerate(195 - 190 * place // max(loans, 1) for place in range(loans))
    )  # fmt: skip
    buckets = tuple(
        AgeBucket(
            title,
            len(held := [row for row in rows if low <= row.days_late <= high]),
            sum(row.balance for row in held),
            sum(row.principal + row.interest + row.penalties for row in held),
        )
        for title, low, high in (
            ("1–30 ngày", 1, 30), ("31–60 ngày", 31, 60), ("61–90 ngày", 61, 90), ("91–180 ngày", 91, 180),
            ("trên 180 ngày", 181, 99_999),
        )
    )  # fmt: skip
    whole = 91_500_000 + sum(row.balance for row in rows)
    risk = tuple(
        RiskLine(title, at_risk, show_percent(Fraction(at_risk, whole)))
        for title, days in (("PAR1", 0), ("PAR30", 30), ("PAR90", 90))
        for at_risk in (sum(row.balance for row in rows if row.days_late > days),)
    )
    return LoanOverdue(
        ORGANISATION,
        GROUP,
        date(2026, 8, 31),
        rows,
        mark("QH-2026-000008", 1, "SONHOM1;QH;N-01;2026-08-31"),
        (AgeBucket("Trong hạn", 14, 91_500_000, 0), *buckets),
        risk,
        whole,
        14 + loans,
        ("Dư nợ rủi ro (PAR) là toàn bộ gốc còn nợ của những khoản vay quá hạn trên số ngày đã nêu.",),
        date(2026, 9, 1),
        PLACE,
        (Signer("Người lập", "Phan Thị Diễm My"), Signer("Tổ trưởng", "Nguyễn Thị Bé Tư")),
    )


def reminder(tone: Tone = Tone.BEFORE, index: int = 0) -> LoanReminder:
    """Return a letter before the fifth instalment, or after two were missed."""
    rows = schedule_rows()
    chosen = rows[4:5] if tone is Tone.BEFORE else (rows[3], replace(rows[4], penalties=8_000))
    return LoanReminder(
        ORGANISATION, head(index), tone, chosen, date(2026, 8, 28) if tone is Tone.BEFORE else date(2026, 9, 15),
        mark(), LENDER, sum(row.due for row in chosen), date(2026, 10, 5) if tone is Tone.AFTER else date(2026, 9, 5),
        MEETING_PLACE, "chị Lê Thị Hồng Nhung (thủ quỹ), điện thoại 0912 345 678", f"Chị {NAMES[index]}",
        place=PLACE,
    )  # fmt: skip


def reminders() -> LoanReminders:
    """Return a letter of each tone."""
    return LoanReminders((reminder(), reminder(Tone.AFTER, 1)))


def due_list(loans: int = 18) -> LoanDueList:
    """Return what is due at the next meeting."""
    rows = schedule_rows(fees=5_000)
    return LoanDueList(
        ORGANISATION, GROUP, date(2026, 9, 5),
        tuple(
            DueLoan(
                f"TV-{index + 1:03d}", NAMES[index % len(NAMES)], f"KV-{index + 12:04d}", date(2026, 9, 5),
                *((row := rows[index % 12]).principal, row.interest, row.fees),
                12_000 if index % 6 == 4 else 0, 833_000 if index % 6 == 4 else 0, row.balance + row.principal,
            )
            for index in range(loans)
        ),
        mark("DH-2026-000030", 1, "SONHOM1;DH;N-01;2026-09-05"), "30", MEETING_PLACE, "Lê Thị Hồng Nhung",
        "Phan Thị Diễm My", "Nguyễn Thị Bé Tư",
    )  # fmt: skip


def collection() -> LenderCollection:
    """Return half a year of interest collected for a lender, handed on every second month, with commission."""
    lines, held = [], 40_000
    for month in range(1, 7):
        held += 350_000
        text = f"Lãi tháng {month} của 7 hộ vay Ngân hàng Chính sách xã hội"
        lines.append(CollectionLine(date(2026, month, 5), f"PT-{month:04d}/2026", text, 350_000, held=held))
        if month % 2 == 0:
            day, number = date(2026, month, 8), f"PC-{month:04d}/2026"
            lines.append(CollectionLine(day, number, "Nộp tại điểm giao dịch xã", 0, held))
            held = 0
            day, number = date(2026, month, 9), f"PT-{month + 20:04d}/2026"
            lines.append(CollectionLine(day, number, "Hoa hồng", commission=59_500))
    return LenderCollection(
        ORGANISATION, GROUP, date(2026, 1, 1), date(2026, 6, 30), 40_000, held, tuple(lines), mark(), date(2026, 7, 1),
        PLACE, "Lê Thị Hồng Nhung", "Nguyễn Thị Bé Tư",
    )  # fmt: skip
