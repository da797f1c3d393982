"""Made-up questionnaires, for tests and for looking at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.consent import ConsentPaper, ConsentPurpose
from reports.kit.values import Signer
from reports.member_profile import MemberProfile, ProfilePart
from reports.questionnaire import AskedOption, AskedQuestion, AskedSection, Questionnaire
from reports.samples import GROUP, ORGANISATION, mark

_LEVELS = (
    "Không khó khăn",
    "Khó khăn một chút (có, nhưng vẫn làm được)",
    "Rất khó khăn",
    "Hoàn toàn không làm được",
)


def _levels(chosen: int) -> tuple[AskedOption, ...]:
    return tuple(AskedOption(str(key), text, key == chosen) for key, text in enumerate(_LEVELS, 1))


def filled() -> Questionnaire:
    """Return a filled form with every kind of answer."""
    return Questionnaire(
        title="Sinh hoạt hằng ngày – bộ ngắn (WG-SS)",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark(),
        about=(
            ("Về:", "Nguyễn Thị Hòa (TV-012)"),
            ("Ngày hỏi:", "05/03/2026"),
            ("Người hỏi:", "Trần Văn An"),
        ),
        sections=(
            AskedSection(
                "Sáu câu hỏi",
                (
                    AskedQuestion(
                        "1", "Ông/bà có khó khăn khi nhìn không, kể cả khi đeo kính?", "", _levels(1)
                    ),
                    AskedQuestion(
                        "2", "Ông/bà có khó khăn khi đi bộ hoặc lên xuống bậc thang không?", "", _levels(3)
                    ),
                    AskedQuestion("3", "Thu nhập của cả hộ tháng trước", answer="3.500.000 ₫", unit="đồng"),
                    AskedQuestion(
                        "4",
                        "Nợ khoảng bao nhiêu?",
                        condition="(Chỉ hỏi nếu câu 3 trả lời 1.)",
                        skipped=True,
                        unit="đồng",
                    ),
                ),
                "Sau đây là một số câu hỏi về những khó khăn ông/bà có thể gặp khi làm một số việc hằng ngày.",
            ),
        ),
        filled=True,
        scores=(("Theo Nhóm Washington", "Có khuyết tật (WG)"), ("Mức nặng nhất", "Rất khó khăn")),
        explanation="Hỏi đúng nguyên văn và thứ tự; người được hỏi tự trả lời.",
        source="Bộ câu hỏi ngắn của Nhóm Washington",
        version="ours-1",
        secret=True,
        signers=(Signer("Người trả lời"), Signer("Người hỏi", "Trần Văn An")),
    )


def blank() -> Questionnaire:
    """Return the same form to be filled in by hand."""
    return replace(
        filled(), filled=False, scores=(), about=(("Về:", ""), ("Ngày hỏi:", ""), ("Người hỏi:", ""))
    )


def consent() -> ConsentPaper:
    """Return a consent paper to be signed."""
    return ConsentPaper(
        ORGANISATION,
        GROUP,
        mark(),
        (("Họ và tên:", "Nguyễn Thị Hòa"), ("Ngày sinh:", "02/05/1961"), ("Số giấy tờ tùy thân:", "087161001234"),
         ("Nơi cư trú:", "ấp 3, xã Tân Hưng, tỉnh Vĩnh Long")),
        "Nguyễn Thị Hòa",
        (
            ConsentPurpose("Quản lý thành viên và hoạt động của nhóm", False),
            ConsentPurpose("Sức khỏe và khuyết tật, để hỗ trợ người đó tham gia", True),
            ConsentPurpose("Số liệu tổng hợp, không nêu tên, gửi đối tác và nhà tài trợ", False),
        ),
        date(2026, 3, 5),
        "2026-1",
        "Tân Hưng",
        fingerprint=True,
    )  # fmt: skip


def profile() -> MemberProfile:
    """Return a profile with sensitive data."""
    return MemberProfile(
        ORGANISATION,
        GROUP,
        mark(),
        "Nguyễn Thị Hòa",
        "TV-012",
        (
            ProfilePart(
                "Thông tin chung", (("Giới tính:", "Nữ"), ("Ngày sinh:", "02/05/1961"), ("Hộ:", "H-0003"))
            ),
            ProfilePart("Giấy xác nhận khuyết tật", (("KT-123/2025:", "Vận động – Nặng, cấp 02/01/2025"),)),
            ProfilePart("Hoàn cảnh đặc biệt", (), "Không có."),
        ),
        secret=True,
    )
