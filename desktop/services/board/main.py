"""The programme's main indicators as lists: groups, members, livelihoods, jobs, training, support, promises.

Ids are those of `resources/indicators`; formulas of rates stand there. Here a rate is its list over the whole's list.
"""

from __future__ import annotations

from desktop.models.capacity_kinds import Phase
from desktop.models.kinds import Poverty
from desktop.models.livelihood_kinds import JobKind, Wave
from desktop.services.board.gathering import BoardFacts, Promised
from desktop.services.board.registry import measure
from desktop.services.board.values import Entry, Measured, Part
from desktop.services.indicators.membership import active_groups_of
from desktop.services.livelihood_actors import real_of
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


@measure(
    "NH01",
    Part.MAIN,
    N_("Nhóm đang hoạt động"),
    N_("nhóm"),
    N_("Nhóm có họp trong 60 ngày trước cuối kỳ và chưa giải thể. Mẫu số: mọi nhóm trong sổ."),
    ours=False,
)
def active_groups(facts: BoardFacts) -> Measured:
    """Return the groups that meet."""
    found = [facts.group(int(group.id), "", group.last_meeting) for group in active_groups_of(facts.facts)]
    return Measured.of(tuple(found), tuple(facts.group(int(group.id)) for group in facts.facts.groups))


@measure(
    "NH15",
    Part.MAIN,
    N_("Nhóm tự quản"),
    N_("nhóm"),
    N_(
        "Nhóm đã chia quỹ và hai lần chấm điểm trưởng thành liền nhau đạt A hoặc B. Mẫu số: nhóm đang hoạt động."
    ),
)
def self_managed(facts: BoardFacts) -> Measured:
    """Return the active groups that manage themselves."""
    scored = {row.group: row for row in facts.facts.more.get("maturity", ())}
    groups = active_groups_of(facts.facts)
    mine = [
        facts.group(int(group.id), f"{scored[group.id].points}/100", scored[group.id].day)
        for group in groups
        if group.id in scored and scored[group.id].phase is Phase.SELF_MANAGED
    ]
    return Measured.of(tuple(mine), tuple(facts.group(int(group.id)) for group in groups))


@measure(
    "NH02",
    Part.MAIN,
    N_("Thành viên"),
    N_("người"),
    N_("Người là thành viên ít nhất một nhóm đến cuối kỳ; một người ở hai nhóm tính một lần."),
    ours=False,
)
def members(facts: BoardFacts) -> Measured:
    """Return the members, each once."""
    return Measured.of(facts.people_of(facts.members))


@measure(
    "NG01",
    Part.MAIN,
    N_("Thành viên thuộc hộ nghèo, cận nghèo"),
    N_("người"),
    N_("Theo danh sách rà soát của năm. Mẫu số: thành viên đã biết mức sống."),
    ours=False,
)
def poor_members(facts: BoardFacts) -> Measured:
    """Return members of poor and near-poor households."""
    known = {
        key: part.traits.poverty
        for key, part in facts.members.items()
        if part.traits.poverty is not Poverty.UNKNOWN
    }
    poor = [key for key, status in known.items() if status in (Poverty.POOR, Poverty.NEAR_POOR)]
    return Measured.of(facts.people_of(poor), facts.people_of(known))


@measure(
    "HN01",
    Part.MAIN,
    N_("Thành viên khuyết tật"),
    N_("người"),
    N_("Thành viên có khuyết tật theo bộ câu hỏi WG hoặc có giấy xác nhận còn hạn. Mẫu số: thành viên."),
    sensitive=True,
)
def disabled_members(facts: BoardFacts) -> Measured:
    """Return members with a disability."""
    return Measured.of(
        facts.people_of(key for key in facts.members if facts.disabled(key)), facts.people_of(facts.members)
    )


@measure(
    "TDNV",
    Part.MAIN,
    N_("Người vay trong kỳ"),
    N_("người"),
    N_(
        "Người được nhóm giải ngân ít nhất một khoản vay trong kỳ. Mẫu số: ai là thành viên lúc nào đó trong kỳ."
    ),
)
def borrowers(facts: BoardFacts) -> Measured:
    """Return people to whom their group lent in the period."""
    lent = {int(part.member) for part in facts.facts.parts if part.lent > 0}
    return Measured.of(facts.people_of(lent), facts.people_of(int(one) for one in facts.facts.everybody))


@measure(
    "SK01",
    Part.MAIN,
    N_("Sinh kế đang hoạt động"),
    N_("sinh kế"),
    N_("Sinh kế ở trạng thái đang hoạt động cuối kỳ. Mẫu số: mọi sinh kế đã bắt đầu."),
    ours=False,
)
def operating(facts: BoardFacts) -> Measured:
    """Return the activities in operation."""
    started = [row for row in facts.figures.livelihoods if row.started is not None]
    running = {row.id for row in facts.figures.operating}
    return Measured.of(
        tuple(facts.activity(row, row.vsic, row.started) for row in started if row.id in running),
        tuple(facts.activity(row, row.state.title, row.started) for row in started),
    )


@measure(
    "SK05",
    Part.MAIN,
    N_("Sinh kế tăng thu nhập thực"),
    N_("sinh kế"),
    N_("Lần thăm 12 tháng trong kỳ có thu nhập thực tăng từ 10 % và từ 1,2 triệu đồng một năm (mức của sổ). Mẫu số: sinh kế có lần trước hỗ trợ và lần 12 tháng trong kỳ."),
    ours=False,
)  # fmt: skip
def gaining(facts: BoardFacts) -> Measured:
    """Return the activities whose income has grown in real terms."""
    gained, every = [], []
    for row in facts.figures.priced:
        visit = next((one for one in row.visits if one.wave is Wave.M12), None)
        if visit is None or not facts.within(visit.day):
            continue
        text = _("thay đổi thực {change} một năm").format(change=show_dong(real_of(row)))
        entry = facts.activity(row, text, visit.day)
        every.append(entry)
        if facts.figures.gains(row):
            gained.append(entry)
    return Measured.of(tuple(gained), tuple(every))


@measure(
    "VL02",
    Part.MAIN,
    N_("Việc làm mới"),
    N_("việc"),
    N_("Việc làm tạo mới bắt đầu trong kỳ, có trả công và có bằng chứng (không tính việc chỉ nghe khai)."),
    ours=False,
)
def new_jobs(facts: BoardFacts) -> Measured:
    """Return the new jobs that began in the period."""
    found = []
    for row in facts.figures.of_kind(JobKind.NEW):
        if not facts.within(row.since):
            continue
        opens = (
            ("member", int(row.member))
            if row.member is not None
            else ("livelihood", int(row.livelihood or 0))
        )
        found.append(
            Entry(
                ("job", int(row.id)),
                "",
                row.name,
                row.activity or row.employer,
                row.work,
                row.since,
                None if row.member is None else int(row.member),
                opens if opens[1] else None,
            )
        )
    return Measured.of(tuple(found))


@measure(
    "DT01",
    Part.MAIN,
    N_("Người hoàn thành đào tạo"),
    N_("người"),
    N_(
        "Người hoàn thành ít nhất một khóa trong kỳ, đủ giờ và đạt. Mẫu số: người học các lớp kết thúc trong kỳ."
    ),
    ours=False,
)
def trained(facts: BoardFacts) -> Measured:
    """Return people who completed a course in the period."""
    done = {int(one.member): one for one in facts.learnings if facts.within(one.completed)}
    learners = {int(one.member) for one in facts.learnings if facts.within(one.ends)} | set(done)
    return Measured.of(
        tuple(facts.person(key, one.course.shown, one.completed) for key, one in sorted(done.items())),
        facts.people_of(learners),
    )


@measure(
    "BV06",
    Part.MAIN,
    N_("Hồ sơ hỗ trợ chuyển giao sau khi đạt đánh giá"),
    N_("hồ sơ"),
    N_("Hồ sơ có bàn giao trong kỳ mà quyết định duyệt có trước ngày bàn giao. Mẫu số: hồ sơ có bàn giao trong kỳ (mục tiêu 100 %)."),
    ours=False,
)  # fmt: skip
def assessed_supports(facts: BoardFacts) -> Measured:
    """Return the dossiers handed over after a passed assessment."""
    handed = [row for row in facts.facts.more.get("support", ()) if row.transferred]

    def line(key: int) -> Entry:
        code, title, person = facts.supports[key]
        return Entry(("support", key), code, title, person=person)

    return Measured.of(
        tuple(line(int(row.support)) for row in handed if row.assessed),
        tuple(line(int(row.support)) for row in handed),
    )


@measure(
    "KH06",
    Part.MAIN,
    N_("Thành viên có kế hoạch ứng phó"),
    N_("người"),
    N_("Thành viên thuộc hộ đã cập nhật kế hoạch ứng phó thiên tai trong 12 tháng. Mẫu số: thành viên."),
    ours=False,
)
def prepared(facts: BoardFacts) -> Measured:
    """Return members whose household has a plan for the next event."""
    ready = [key for key in facts.members if facts.people[key].household in facts.prepared]
    return Measured.of(facts.people_of(ready), facts.people_of(facts.members))


@measure(
    "PHCK",
    Part.MAIN,
    N_("Cam kết của chính quyền, đối tác đã giữ lời"),
    N_("cam kết"),
    N_(
        "Cam kết ở các cuộc họp phối hợp, đến hạn trong kỳ và đã xác nhận giữ lời đến cuối kỳ. Mẫu số: cam kết đến hạn trong kỳ."
    ),
)
def promises_kept(facts: BoardFacts) -> Measured:
    """Return the promises that fell due in the period and were kept."""
    due = [one for one in facts.commitments if facts.within(one.due)]

    def line(one: Promised) -> Entry:
        return Entry(
            ("promise", one.id),
            one.code,
            one.who,
            "",
            _("{what}, hạn {day}").format(what=one.what, day=show_day(one.due)),
            one.settled,
            opens=("coordination-meeting", one.meeting),
        )

    kept = [one for one in due if one.kept and one.settled is not None and one.settled <= facts.ends]
    return Measured.of(tuple(line(one) for one in kept), tuple(line(one) for one in due))
