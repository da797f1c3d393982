"""Scans kept in the book: kept once, guarded by the chain, taken away with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desktop.models.kinds import AttachmentKind
from desktop.models.problems import Refusal
from desktop.models.records.every import AttachmentContent, BookRow
from desktop.models.rules.attachments import LARGEST
from desktop.services import attachments, verify
from desktop.services.acts import Act
from desktop.services.attachments import NewFile, Subject
from desktop.store.book import Book

JPEG = b"\xff\xd8\xff\xe0 hoa don"


def _subject(book: Book) -> Subject:
    with book.read() as session:
        return Subject.of(session.scalars(select(BookRow)).one())


def _receipt(content: bytes = JPEG) -> NewFile:
    return NewFile(AttachmentKind.RECEIPT, "hóa đơn 12.jpg", content, "Hóa đơn mua sổ")


def test_a_file_is_kept_listed_and_opened(any_book: Book, act: Act) -> None:
    subject = _subject(any_book)
    key = attachments.attach(any_book, subject, _receipt(), act).value
    (row,) = attachments.files_of(any_book, subject)
    assert (row.id, row.title, row.media_type, row.size) == (key, "Hóa đơn mua sổ", "image/jpeg", len(JPEG))
    assert row.added_by == act.who
    kept = attachments.open_file(any_book, key)
    assert kept is not None
    assert kept.content == JPEG
    assert verify.verify(any_book).ok


def test_a_file_taken_away_leaves_its_trace_and_the_chain_whole(any_book: Book, act: Act) -> None:
    subject = _subject(any_book)
    key = attachments.attach(any_book, subject, _receipt(), act).value
    with pytest.raises(Refusal):
        attachments.remove(any_book, key, "  ", act)
    attachments.remove(any_book, key, "Quét nhầm", act)
    assert attachments.files_of(any_book, subject) == ()
    assert attachments.open_file(any_book, key) is None
    assert verify.verify(any_book).ok
    attachments.attach(any_book, subject, _receipt(), act)  # the same file may come back


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a zip", "file-kind"),
        (b"", "file-kind"),
        (b"%PDF-1.7" + bytes(LARGEST), "file-large"),
        (JPEG, "file-twice"),
    ],
)
def test_what_may_not_be_kept_is_refused_at_the_field(
    book: Book, act: Act, content: bytes, code: str
) -> None:
    subject = _subject(book)
    attachments.attach(book, subject, _receipt(), act)
    with pytest.raises(Refusal) as refused:
        attachments.attach(book, subject, _receipt(content), act)
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [(code, "file")]
    assert len(attachments.files_of(book, subject)) == 1


@pytest.mark.parametrize("code", ["file-changed", "file-lost"])
def test_an_exchanged_or_lost_picture_is_noticed(book: Book, act: Act, code: str) -> None:
    key = attachments.attach(book, _subject(book), _receipt(), act).value
    with book.write(act) as session:
        if code == "file-lost":
            session.delete(session.get_one(AttachmentContent, key))
        else:
            session.execute(update(AttachmentContent).values(content=JPEG + b"!"))
    result = verify.verify(book)
    assert [finding.code for finding in result.findings] == [code]
