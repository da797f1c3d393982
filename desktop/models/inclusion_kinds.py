"""The words of inclusion and personal data: each code that is stored, with the name that people read beside it."""

from __future__ import annotations

from desktop.models.named import Named
from desktop.models.roles import Role as Role  # one of these words, loaded before the others
from resources.lang.messages import N_


class DisabilityType(Named):
    """The six types of disability of Law 51/2010/QH12, Article 3."""

    MOBILITY = "mobility", N_("Vận động")
    HEARING_SPEECH = "hearing_speech", N_("Nghe, nói")
    SEEING = "seeing", N_("Nhìn")
    MENTAL = "mental", N_("Thần kinh, tâm thần")
    INTELLECTUAL = "intellectual", N_("Trí tuệ")
    OTHER = "other", N_("Khác")


class DisabilityDegree(Named):
    """The three degrees of disability of Law 51/2010/QH12, Article 3."""

    EXTREMELY_SEVERE = "extremely_severe", N_("Đặc biệt nặng")
    SEVERE = "severe", N_("Nặng")
    MILD = "mild", N_("Nhẹ")


class Vulnerable(Named):
    """Categories of vulnerable people as the law and Vietnamese practice name them (domain-vietnam.md 6.4), and those who
    are left out by where they live, by unpaid work at home, and by never having been taught (indicators.md 6.1).

    Poverty, sex and ethnicity are kept elsewhere. HIV status is not kept at all: the law forbids disclosure.
    """

    SINGLE_PARENT = "DONTHAN", N_("Đơn thân nuôi con")
    CAREGIVER = "CHAMSOC_KT", N_("Người chăm sóc người khuyết tật")
    OLDER_ALONE = "CAOTUOI_DOC", N_("Người cao tuổi cô đơn")
    ORPHAN = "TREMOCOI", N_("Trẻ em mồ côi, bị bỏ rơi")
    MIGRANT = "DICU", N_("Lao động di cư, mới tái định cư")
    DIOXIN = "DIOXIN", N_("Nạn nhân chất độc da cam/dioxin")
    MINE = "BOMMIN", N_("Nạn nhân bom mìn")
    VIOLENCE = "BLGD", N_("Nạn nhân bạo lực gia đình, mua bán người")
    RETURNED = "SAUCAI", N_("Người sau cai, mãn hạn tù")
    LEPROSY = "PHONG", N_("Người bị bệnh phong")
    DISASTER = "THIENTAI", N_("Hộ bị thiên tai, xâm nhập mặn")
    LEFT_POVERTY = "THOATNGHEO", N_("Hộ mới thoát nghèo")
    REMOTE = "XA", N_("Ở thôn, ấp xa, đi lại khó")
    HOMEMAKER = "NOITRO", N_("Nội trợ, không có thu nhập riêng")
    UNSCHOOLED = "THATHOC", N_("Thất học: chưa đi học hoặc bỏ học sớm")


class Barrier(Named):
    """What hinders a person from taking part (indicators.md 6.2): the answers of the form `barriers`."""

    TRAVEL = "travel", N_("Đi lại")
    TIME = "time", N_("Thời gian")
    PAPERS = "papers", N_("Giấy tờ")
    LITERACY = "literacy", N_("Biết chữ")
    LANGUAGE = "language", N_("Ngôn ngữ")
    DEVICES = "devices", N_("Thiết bị")
    ATTITUDES = "attitudes", N_("Thái độ của người khác")
    OTHER = "other", N_("Trở ngại khác")


class Accommodate(Named):
    """What is done so that a person can take part."""

    LARGE_PRINT = "large_print", N_("Giấy tờ chữ to")
    SIGN_LANGUAGE = "sign_language", N_("Phiên dịch ngôn ngữ ký hiệu")
    RAMP = "ramp", N_("Nơi họp có đường dốc, tầng trệt")
    HOME_VISIT = "home_visit", N_("Đến thu tại nhà")
    READER = "reader", N_("Người đọc sổ, giấy tờ cho nghe")
    COMPANION = "companion", N_("Người đi cùng, hỗ trợ")
    FRONT_SEAT = "front_seat", N_("Ngồi gần, nói chậm, nói to")
    MORE_TIME = "more_time", N_("Thêm thời gian, nhắc lại")
    OTHER = "other", N_("Khác")


class Purpose(Named):
    """What personal data are used for: each is agreed to by itself, and none is tied to another."""

    MEMBERSHIP = "membership", N_("Quản lý thành viên và hoạt động của nhóm")
    FINANCE = "finance", N_("Theo dõi tiền tiết kiệm và khoản vay")
    HEALTH = "health", N_("Sức khỏe và khuyết tật, để hỗ trợ người đó tham gia")
    ETHNICITY = "ethnicity", N_("Dân tộc, để biết ai được tiếp cận")
    HARDSHIP = "hardship", N_("Hoàn cảnh khó khăn riêng, để ưu tiên hỗ trợ")
    PHOTO = "photo", N_("Ảnh chân dung trong hồ sơ")
    STATISTICS = "statistics", N_("Số liệu tổng hợp, không nêu tên, gửi đối tác và nhà tài trợ")

    @property
    def sensitive(self) -> bool:
        """Tell whether the data are sensitive by Decree 356/2025, Article 4, which the person must be told."""
        return self in (Purpose.FINANCE, Purpose.HEALTH, Purpose.ETHNICITY, Purpose.HARDSHIP)


class ConsentForm(Named):
    """How a person agreed: what can be shown later as proof (Decree 356/2025, Article 6)."""

    SIGNED = "signed", N_("Ký giấy")
    FINGERPRINT = "fingerprint", N_("Điểm chỉ")
    RECORDED = "recorded", N_("Ghi âm, ghi hình")
    REPRESENTATIVE = "representative", N_("Người đại diện hợp pháp ký")


class RequestKind(Named):
    """What a person asks for about their own data (Law 91/2025/QH15, Article 4)."""

    SEE = "see", N_("Xem dữ liệu")
    CORRECT = "correct", N_("Sửa dữ liệu")
    COPY = "copy", N_("Nhận bản sao dữ liệu")
    ERASE = "erase", N_("Xóa dữ liệu")
    WITHDRAW = "withdraw", N_("Rút đồng ý, hạn chế, phản đối")

    @property
    def days(self) -> int:
        """Days to fulfil it (Decree 356/2025, Article 5): 10, 15 to withdraw, 20 to erase."""
        return {RequestKind.WITHDRAW: 15, RequestKind.ERASE: 20}.get(self, 10)


class RequestState(Named):
    """Where a request stands."""

    OPEN = "open", N_("Đang xử lý")
    DONE = "done", N_("Đã làm")
    REFUSED = "refused", N_("Từ chối có lý do")


class SeenHow(Named):
    """How sensitive data were taken out of the book."""

    SEEN = "seen", N_("xem")
    PRINTED = "printed", N_("in")
    EXPORTED = "exported", N_("xuất tệp")
    ERASED = "erased", N_("xóa")
