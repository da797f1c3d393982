"""Hồ sơ thành viên: what the book holds of one person, for the person and for who works with them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.kit.page import Frame
from reports.kit.papers import begin
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import GroupBlock, Organisation, PrintMark
from reports.questionnaire import secret_words
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class ProfilePart:
    """Pairs of name and value under a heading; `empty` stands where there are none."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class MemberProfile:
    """Everything the paper prints; `secret` when sensitive data stand on it."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    name: str
    code: str
    parts: tuple[ProfilePart, ...]
    secret: bool
    large_print: bool = False


@in_its_language
def render(value: MemberProfile, options: PaperOptions = PLAIN) -> bytes:
    """Return the profile as a PDF."""
    secret = secret_words(value.secret)
    who = f"{value.name} · {value.code}"
    frame = Frame(
        title=_("Hồ sơ thành viên"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=who,
        running=" · ".join(part for part in (secret, who) if part),
        form=secret,
    )
    paper = begin(frame, who, options, large_print=value.large_print)
    flow = paper.flow
    for part in value.parts:
        flow.gap(0.5 * flow.edition.body.leading)
        flow.heading(part.title, 2 * flow.edition.body.leading)
        if part.pairs:
            flow.fields(part.pairs, columns=1)
        else:
            flow.write(part.empty or "–", flow.edition.body.italic)
    return paper.done()


REPORT = Report("member-profile", N_("Hồ sơ thành viên"), MemberProfile, render)
