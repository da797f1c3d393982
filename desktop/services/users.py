"""Users of the book: roles are switched on by making the first administrator; then everybody signs in.

A passphrase says who somebody is to the program; it does not encrypt the file (docs/security.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import UserId, new_uid
from desktop.models.inclusion_kinds import Role
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import User
from desktop.models.rules.access import LOCKED, OPEN, Access
from desktop.models.rules.secrets import (
    check_passphrase,
    new_recovery_code,
    opens,
    sealed,
    tidy_recovery,
)
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import nfc

_ACTIVE = User.active.in_((True,))


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be added; `again` is the passphrase typed once more."""

    name: str
    role: Role
    passphrase: str
    again: str | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as lists show them."""

    id: UserId
    name: str
    role: Role
    active: bool


# -- deeds -----------------------------------------------------------------------------------------


def switch_on(book: Book, name: str, passphrase: str, again: str | None, act: Act) -> Outcome[str]:
    """Make the first administrator, who is then signed in; return the recovery code, which is shown once.

    Raises Refusal when the book has users already.
    """
    name = nfc(name).strip()
    problems = [*_name_problems(name), *check_passphrase(passphrase, again)]
    refuse_if_stopped(problems)
    code = new_recovery_code()
    with book.write(act) as session:
        if session.scalar(select(func.count()).select_from(User).where(_ACTIVE)):
            raise Refusal([Problem.stop("has-users", "name", _("Sổ này đã có người dùng."))])
        _free_name(session, name)
        session.add(
            User(uid=new_uid(), name=name, role=Role.ADMIN, secret=sealed(passphrase), recovery=sealed(code))
        )
    book.access = Access(name, Role.ADMIN)
    return Outcome(code, Changed.of(Topic.USERS, Topic.MEMBERS, Topic.INCLUSION))


def add(book: Book, new: NewUser, act: Act) -> Outcome[UserId]:
    """Add a user. Raises Refusal."""
    _require_admin(book)
    name = nfc(new.name).strip()
    refuse_if_stopped([*_name_problems(name), *check_passphrase(new.passphrase, new.again)])
    with book.write(act) as session:
        _free_name(session, name)
        user = User(uid=new_uid(), name=name, role=new.role, secret=sealed(new.passphrase))
        session.add(user)
        session.flush()
        return Outcome(UserId(user.id), Changed.of(Topic.USERS))


def change_role(book: Book, user: UserId, role: Role, active: bool, act: Act) -> Outcome[UserId]:
    """Give a user another role, or let them no longer sign in. The last administrator stays one. Raises Refusal."""
    _require_admin(book)
    with book.write(act) as session:
        kept = session.get_one(User, user)
        kept.role, kept.active = role, active
        session.flush()
        left = session.scalar(select(func.count()).select_from(User).where(_ACTIVE, User.role == Role.ADMIN))
        if not left:
            raise Refusal(
                [Problem.stop("last-admin", "role", _("Sổ phải còn ít nhất một quản trị viên đang dùng."))]
            )
    return Outcome(user, Changed.of(Topic.USERS))


def set_passphrase(book: Book, user: UserId, passphrase: str, again: str | None, act: Act) -> Outcome[UserId]:
    """Give a user another passphrase: an administrator to anybody, everybody to themselves. Raises Refusal."""
    refuse_if_stopped(check_passphrase(passphrase, again))
    with book.write(act) as session:
        kept = session.get_one(User, user)
        if not book.access.manages and kept.name != book.access.user:
            raise Refusal([_only_admin()])
        kept.secret = sealed(passphrase)
    return Outcome(user, Changed.of(Topic.USERS))


def switch_off(book: Book, act: Act) -> Outcome[None]:
    """Let the book be open to everybody again: all users are kept but no longer sign in. Raises Refusal."""
    _require_admin(book)
    with book.write(act) as session:
        for user in session.scalars(select(User).where(_ACTIVE)):
            user.active = False
    book.access = OPEN
    return Outcome(None, Changed.of(Topic.USERS, Topic.MEMBERS, Topic.INCLUSION))


# -- signing in ------------------------------------------------------------------------------------


def sign_in(book: Book, name: str, passphrase: str) -> Access:
    """Let a user in. Raises Refusal with one sentence for a wrong name and for a wrong passphrase."""
    with book.read() as session:
        user = session.scalars(select(User).where(User.name == nfc(name).strip(), _ACTIVE)).one_or_none()
    # The key is computed also for an unknown name, so that the time tells nothing.
    good = opens(passphrase, user.secret if user is not None else sealed("", b"no such user here"))
    if user is None or not good:
        raise Refusal(
            [
                Problem.stop(
                    "wrong", "passphrase", _("Tên hoặc mật khẩu không đúng. Hãy gõ lại; xem phím Caps Lock.")
                )
            ]
        )
    book.access = Access(user.name, user.role)
    return book.access


def recover(book: Book, code: str, passphrase: str, again: str | None, act: Act) -> Outcome[str]:
    """Give the administrator whose recovery code this is another passphrase and a new code; signs them in."""
    refuse_if_stopped(check_passphrase(passphrase, again))
    with book.read() as session:
        users = session.scalars(select(User).where(_ACTIVE, User.recovery != "")).all()
    found = next((user for user in users if opens(tidy_recovery(code), user.recovery)), None)
    if found is None:
        raise Refusal([Problem.stop("wrong", "code", _("Mã khôi phục không đúng."))])
    fresh = new_recovery_code()
    before, book.access = book.access, Access(found.name, found.role)
    try:
        with book.write(act) as session:
            kept = session.get_one(User, found.id)
            kept.secret, kept.recovery = sealed(passphrase), sealed(fresh)
    except BaseException:
        book.access = before
        raise
    return Outcome(fresh, Changed.of(Topic.USERS))


def sign_out(book: Book) -> None:
    """Leave the book to the next user."""
    if book.access.guarded:
        book.access = LOCKED


# -- questions -------------------------------------------------------------------------------------


def names(book: Book) -> list[str]:
    """Return who may sign in, for the list to choose from."""
    with book.read() as session:
        return list(session.scalars(select(User.name).where(_ACTIVE).order_by(User.name)))


def users(book: Book) -> list[UserRow]:
    """Return all users, those who may sign in first."""
    with book.read() as session:
        rows = session.scalars(select(User).order_by(User.active.desc(), User.name)).all()
    return [UserRow(UserId(row.id), row.name, row.role, row.active) for row in rows]


# -- parts -----------------------------------------------------------------------------------------


def _require_admin(book: Book) -> None:
    if not book.access.manages:
        raise Refusal([_only_admin()])


def _only_admin() -> Problem:
    return Problem.stop("no-right", "", _("Chỉ quản trị viên của sổ làm được việc này."))


def _name_problems(name: str) -> list[Problem]:
    return [] if name else [Problem.stop("no-name", "name", _("Hãy ghi tên người dùng."))]


def _free_name(session: Session, name: str) -> None:
    if session.scalar(select(func.count()).select_from(User).where(User.name == name)):
        raise Refusal([Problem.stop("name-taken", "name", _("Đã có người dùng mang tên này."))])
