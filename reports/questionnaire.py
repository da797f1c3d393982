"""A questionnaire on paper: blank, to be filled in by hand, or as it was answered, with the figures computed from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.kit import fonts, signatures
from reports.kit.page import Flow, Frame
from reports.kit.papers import begin
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import baseline
from reports.kit.text import wrap
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.messages import N_, _

DOTS = "." * 60


@dataclass(frozen=True, slots=True)
class AskedOption:
    """An answer to choose: the key that stands for it, its text, whether it was chosen."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question: its number, text and hint; options to tick, or the answer that was written ("" is blank).

    `condition` says on paper when it is asked; `skipped` that it was not asked.
    """

    number: str
    text: str
    hint: str = ""
    options: tuple[AskedOption, ...] = ()
    answer: str = ""
    unit: str = ""
    condition: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class AskedSection:
    """Questions under a heading."""

    title: str
    questions: tuple[AskedQuestion, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything the paper prints. `about` are label and value; `filled` tells a filled form from a blank one."""

    title: str
    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    about: tuple[tuple[str, str], ...]
    sections: tuple[AskedSection, ...]
    filled: bool
    scores: tuple[tuple[str, str], ...] = ()
    explanation: str = ""
    source: str = ""
    version: str = ""
    secret: bool = False
    signers: tuple[Signer, ...] = ()
    dated: str = ""
    large_print: bool = False


def secret_words(secret: bool) -> str:
    """Return the mark of papers with sensitive data."""
    return _("MẬT – DÙNG TRONG XÃ") if secret else ""


@in_its_language
def render(value: Questionnaire, options: PaperOptions = PLAIN) -> bytes:
    """Return the questionnaire as a PDF."""
    secret = secret_words(value.secret)
    version = _("Bản {version}").format(version=value.version) if value.version else ""
    frame = Frame(
        title=value.title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        running=" · ".join(part for part in (secret, value.title) if part),
        form=secret,
    )
    paper = begin(frame, value.title, options, large_print=value.large_print)
    flow = paper.flow
    about = [(label, text or (DOTS if not value.filled else "–")) for label, text in value.about]
    flow.fields(about, columns=1)
    if value.explanation and not value.filled:
        flow.gap(0.3 * flow.edition.body.leading)
        flow.write(value.explanation, flow.edition.body.italic)
    for section in value.sections:
        _section(flow, section, value.filled)
    if value.scores:
        flow.gap(0.4 * flow.edition.body.leading)
        flow.heading(_("Kết quả"), 2 * flow.edition.body.leading)
        flow.fields([(f"{name}:", shown) for name, shown in value.scores], columns=1)
    foot = " · ".join(part for part in (value.source, version) if part)
    if foot:
        flow.gap(0.4 * flow.edition.body.leading)
        flow.write(foot, flow.edition.small)
    if value.signers:
        signatures.draw(flow, value.signers, value.dated)
    return paper.done()


def _section(flow: Flow, section: AskedSection, filled: bool) -> None:
    body = flow.edition.body
    flow.gap(0.5 * body.leading)
    flow.heading(section.title, 4 * body.leading)
    if section.intro:
        flow.write(section.intro, body.italic)
    for question in section.questions:
        _question(flow, question, filled)


def _question(flow: Flow, question: AskedQuestion, filled: bool) -> None:
    body = flow.edition.body
    if filled and question.skipped:
        return
    lines = wrap(f"{question.number}. {question.text}", fonts.BOLD, body.size, flow.sheet.room)
    room = len(lines) + (len(question.options) if question.options and not filled else 1)
    flow.gap(0.3 * body.leading)
    # A question is not torn from its answers, unless it fills a page by itself.
    flow.need(min(room * body.leading, flow.sheet.high * 0.5))
    if question.condition and not filled:
        flow.write(question.condition, flow.edition.small)
    flow.write(f"{question.number}. {question.text}", body.bold)
    if question.hint and not filled:
        flow.write(question.hint, flow.edition.small)
    indent = 1.6 * body.size
    if question.options and not filled:
        _options(flow, question.options, indent)
    elif question.options:
        chosen = [f"{option.key}. {option.text}" for option in question.options if option.chosen]
        flow.write("; ".join(chosen) or "–", body, indent=indent)
    else:
        blank = f"{DOTS} {question.unit}".strip()
        flow.write((question.answer or "–") if filled else blank, body, indent=indent)


def _options(flow: Flow, options: Sequence[AskedOption], indent: float) -> None:
    body = flow.edition.body
    side = 0.75 * body.size
    for option in options:
        lines = wrap(
            f"{option.key}. {option.text}", body.face, body.size, flow.sheet.room - indent - 1.6 * body.size
        )
        flow.need(len(lines) * body.leading)
        low = baseline(flow.y, body) - 0.05 * body.size
        left = flow.sheet.left + indent
        flow.page.box(left, low, side, side)
        for line in lines:
            flow.page.tags.begin("P")
            flow.line(line, body, indent=indent + 1.6 * body.size)


BLANK = Report("questionnaire-blank", N_("Phiếu hỏi để trống"), Questionnaire, render)
FILLED = Report("questionnaire", N_("Phiếu hỏi đã trả lời"), Questionnaire, render)
