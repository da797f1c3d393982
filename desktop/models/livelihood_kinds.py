"""The words of livelihoods, jobs and shocks: each code that is stored, with the name that people read beside it."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class Establishment(Named):
    """In which form the activity is run."""

    FARM = "farm", N_("Hộ nông nghiệp không đăng ký")
    BUSINESS = "business", N_("Hộ kinh doanh (đăng ký)")
    COOPERATIVE_GROUP = "cooperative_group", N_("Tổ hợp tác")
    COOPERATIVE = "cooperative", N_("Hợp tác xã")
    COMPANY = "company", N_("Doanh nghiệp")
    INTEREST_GROUP = "interest_group", N_("Nhóm sản xuất, sở thích")
    HOME_WORK = "home_work", N_("Làm thuê tại nhà")


class LivelihoodState(Named):
    """Where an activity stands. One that rests outside its season counts as operating."""

    PLANNED = "planned", N_("Đang chuẩn bị")
    OPERATING = "operating", N_("Đang hoạt động")
    PAUSED = "paused", N_("Tạm ngừng")
    CLOSED = "closed", N_("Đã đóng")


class Decider(Named):
    """Who decides over the activity and its income."""

    ALONE = "alone", N_("Chủ tự quyết")
    JOINT = "joint", N_("Vợ chồng cùng quyết")
    OTHER = "other", N_("Người khác quyết")
    UNKNOWN = "unknown", N_("Chưa hỏi")


class Practice(Named):
    """Adaptive practices (section 6.5 of the indicators)."""

    SEED = "seed", N_("Giống chịu hạn, mặn, ngập")
    CALENDAR = "calendar", N_("Lịch thời vụ điều chỉnh")
    WATER = "water", N_("Tiết kiệm nước, trữ nước")
    SAFE_STABLE = "safe_stable", N_("Chuồng trại an toàn")
    MIXED = "mixed", N_("Xen canh, đa dạng")
    COVER = "cover", N_("Che phủ đất")
    STORAGE = "storage", N_("Bảo quản sau thu hoạch")
    INSURANCE = "insurance", N_("Bảo hiểm nông nghiệp")
    DISASTER_FUND = "disaster_fund", N_("Quỹ phòng thiên tai")
    OFF_FARM = "off_farm", N_("Nguồn thu ngoài nông nghiệp")
    SAFE_HOUSE = "safe_house", N_("Nhà an toàn")


class Hazard(Named):
    """Hazards, after the kinds of the Law on Natural Disaster Prevention; codes of section 6.5."""

    STORM = "BAO", N_("Bão")
    DEPRESSION = "ATND", N_("Áp thấp nhiệt đới")
    THUNDER = "LOC_SET", N_("Lốc, sét")
    RAIN = "MUALON", N_("Mưa lớn")
    FLOOD = "LU", N_("Lũ")
    FLASH_FLOOD = "LUQUET", N_("Lũ quét")
    INUNDATION = "NGAP", N_("Ngập lụt")
    LANDSLIDE = "SATLO", N_("Sạt lở")
    DROUGHT = "HANHAN", N_("Hạn hán")
    SALT = "XNM", N_("Xâm nhập mặn")
    HEAT = "NANGNONG", N_("Nắng nóng")
    COLD = "RETHAI", N_("Rét hại")
    FROST = "SUONGMUOI", N_("Sương muối")
    HAIL = "MUADA", N_("Mưa đá")
    FIRE = "CHAYRUNG", N_("Cháy rừng")
    DISEASE = "DICHBENH", N_("Dịch bệnh vật nuôi, cây trồng")


class Wave(Named):
    """When a visit belongs: before the support, then 6, 12 and 24 months after the start."""

    BASE = "base", N_("Trước hỗ trợ")
    M6 = "m6", N_("6 tháng")
    M12 = "m12", N_("12 tháng")
    M24 = "m24", N_("24 tháng")

    @property
    def months(self) -> int:
        """Return how many months after the start the visit is due."""
        return {"base": 0, "m6": 6, "m12": 12, "m24": 24}[self.value]


class Contribution(Named):
    """The owner's answer: could you have done as well without the support? (section 3.3)"""

    NOT_WITHOUT = "not_without", N_("Không thể làm được nếu không có hỗ trợ")
    SMALLER = "smaller", N_("Làm được nhưng nhỏ hơn hoặc chậm hơn")
    ANYWAY = "anyway", N_("Vẫn làm được như vậy")
    UNASKED = "unasked", N_("Chưa hỏi")


class Evidence(Named):
    """What an entry rests on. What was only declared is not reported to a donor."""

    CONTRACT = "contract", N_("Hợp đồng")
    PAYSLIP = "payslip", N_("Bảng lương, phiếu chi")
    CASHBOOK = "cashbook", N_("Sổ thu chi")
    VISIT_PHOTO = "visit_photo", N_("Ảnh chụp khi thăm")
    TWO_WITNESS = "two_witness", N_("Hai người làm chứng")
    DECLARED = "declared", N_("Chỉ nghe khai")


class JobKind(Named):
    """What a job is to the programme. EXISTING: there before the support, unchanged."""

    NEW = "new", N_("Tạo mới")
    IMPROVED = "improved", N_("Cải thiện")
    SUSTAINED = "sustained", N_("Duy trì")
    EXISTING = "existing", N_("Có từ trước")
    LOST = "lost", N_("Mất")


class Employment(Named):
    """Status in employment."""

    SELF = "self", N_("Tự làm")
    FAM_PAID = "fam_paid", N_("Lao động gia đình có trả công")
    FAM_UNPAID = "fam_unpaid", N_("Gia đình không trả công")
    WAGE_CONTRACT = "wage_contract", N_("Làm công có hợp đồng")
    WAGE_VERBAL = "wage_verbal", N_("Làm công thỏa thuận miệng")
    COOP = "coop", N_("Thành viên HTX, tổ hợp tác")
    APPR = "appr", N_("Học nghề")


class JobTime(Named):
    """How much of a year a job fills (thresholds of section 3.1)."""

    FULL = "full", N_("Toàn thời gian")
    PART = "part", N_("Bán thời gian")
    SEASONAL = "seasonal", N_("Thời vụ")
    CASUAL = "casual", N_("Công nhật")


class Answer(Named):
    """An answer of the decent-work list."""

    YES = "yes", N_("Có")
    NO = "no", N_("Không")
    UNASKED = "unasked", N_("Chưa rõ")


class Skill(Named):
    """What people who seek work can do; what an opening asks for."""

    FARMING = "farming", N_("Trồng trọt")
    LIVESTOCK = "livestock", N_("Chăn nuôi")
    FISHERY = "fishery", N_("Thủy sản")
    SEWING = "sewing", N_("May, thêu")
    WEAVING = "weaving", N_("Đan lát, thủ công")
    COOKING = "cooking", N_("Nấu ăn, chế biến")
    SELLING = "selling", N_("Bán hàng")
    CARE = "care", N_("Chăm sóc, giúp việc")
    REPAIR = "repair", N_("Sửa chữa, cơ khí")
    BUILDING = "building", N_("Xây dựng")
    DRIVING = "driving", N_("Lái xe, vận chuyển")
    COMPUTER = "computer", N_("Máy tính, văn phòng")
    BOOKKEEPING = "bookkeeping", N_("Ghi chép sổ sách")
    PACKING = "packing", N_("Đóng gói, phân loại")


class Accommodation(Named):
    """Reasonable accommodation: what somebody needs to be able to work, what a workplace can give."""

    ACCESS = "access", N_("Lối đi, nhà vệ sinh tiếp cận được")
    SEATED = "seated", N_("Chỗ làm ngồi")
    TOOLS = "tools", N_("Dụng cụ phù hợp")
    FLEXIBLE = "flexible", N_("Giờ làm linh hoạt")
    HOME = "home", N_("Làm tại nhà")
    TRANSPORT = "transport", N_("Đưa đón")
    SIGN = "sign", N_("Ngôn ngữ ký hiệu, viết ra giấy")
    READING = "reading", N_("Chữ to, đọc cho nghe")
    HELPER = "helper", N_("Người kèm việc")
    CALM = "calm", N_("Chỗ làm yên tĩnh, việc rõ từng bước")


class SeekerState(Named):
    """Where somebody who seeks work stands."""

    SEEKING = "seeking", N_("Đang tìm việc")
    PLACED = "placed", N_("Đã có việc")
    WITHDRAWN = "withdrawn", N_("Thôi tìm")


class LossShare(Named):
    """How much was lost, in the classes used for production-loss support."""

    UNDER_30 = "under_30", N_("Dưới 30 %")
    FROM_30_TO_70 = "30_70", N_("30–70 %")
    OVER_70 = "over_70", N_("Trên 70 %")


class ReliefKind(Named):
    """What the group gave after an event."""

    LOAN = "loan", N_("Vay khẩn cấp")
    GRANT = "grant", N_("Trợ cấp quỹ xã hội")
