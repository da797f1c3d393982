"""The loan products of a book: kept as data, changed with a version, listed for a group."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Loan, LoanProduct
from desktop.models.rules.loan_products import Product, check_product
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class KeepProduct:
    """Add a product (`id` None) or change one; `version` is the one that the form was opened with."""

    code: str
    name: str
    product: Product
    group: GroupId | None = None
    active: bool = True
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as listed; `loans` counts the loans issued under it."""

    id: int
    code: str
    name: str
    group: GroupId | None
    product: Product
    active: bool
    version: int
    loans: int


def keep(book: Book, command: KeepProduct, act: Act) -> Outcome[int]:
    """Add or change a product. Raises Refusal; Trouble when somebody else changed it meanwhile."""
    with book.write(act) as session:
        problems = [*_check_head(session, command), *check_product(command.product)]
        refuse_if_stopped(problems)
        if command.id is None:
            row = LoanProduct(uid=new_uid(), code=command.code.strip(), name=command.name.strip(), rules="{}")
            session.add(row)
        else:
            row = session.get_one(LoanProduct, command.id)
            expect_version(row, command.version)
        row.code, row.name = command.code.strip(), command.name.strip()
        row.group_id, row.active, row.rules = command.group, command.active, to_text(command.product)
        session.flush()
        kept = row.id
    return Outcome(kept, Changed.of(Topic.LOANS))


def _check_head(session: Session, command: KeepProduct) -> list[Problem]:
    found = []
    if not command.code.strip():
        found.append(Problem.stop("code", "code", _("Hãy nhập mã sản phẩm.")))
    if not command.name.strip():
        found.append(Problem.stop("name", "name", _("Hãy nhập tên sản phẩm.")))
    same = session.scalar(select(LoanProduct.id).where(LoanProduct.code == command.code.strip()))
    if same is not None and same != command.id:
        found.append(Problem.stop("code-taken", "code", _("Mã này đã có sản phẩm khác dùng.")))
    return found


def listed(book: Book, group: GroupId | None = None, *, with_ended: bool = False) -> list[ProductRow]:
    """Return the products, those of the whole book first; with a group, only those on offer to it."""
    with book.read() as session:
        query = select(LoanProduct).order_by(LoanProduct.group_id.is_not(None), LoanProduct.code)
        if group is not None:
            query = query.where(or_(LoanProduct.group_id.is_(None), LoanProduct.group_id == group))
        if not with_ended:
            query = query.where(LoanProduct.active.in_((True,)))
        counts = {
            row[0]: row[1]
            for row in session.execute(select(Loan.product_id, func.count()).group_by(Loan.product_id))
        }
        return [_row(row, counts.get(row.id, 0)) for row in session.scalars(query)]


def product_of(session: Session, product_id: int) -> LoanProduct:
    """Return a product's row."""
    return session.get_one(LoanProduct, product_id)


def propose_code(book: Book) -> str:
    """Return the next free code ("SP-03")."""
    with book.read() as session:
        return next_code(session, LoanProduct)


def _row(row: LoanProduct, loans: int) -> ProductRow:
    return ProductRow(
        row.id,
        row.code,
        row.name,
        None if row.group_id is None else GroupId(row.group_id),
        from_text(Product, row.rules),
        row.active,
        row.version,
        loans,
    )
