"""What the users of a book do, and so what they may see: asked when a book is opened, before all other words."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class Role(Named):
    """What a user of the book does, and so what they may see."""

    ADMIN = "admin", N_("Quản trị viên")
    INCLUSION = "inclusion", N_("Cán bộ hòa nhập")
    OFFICER = "officer", N_("Cán bộ dự án")
    TREASURER = "treasurer", N_("Thủ quỹ")
    CLERK = "clerk", N_("Thư ký")

    @property
    def sensitive(self) -> bool:
        """Tell whether the role may see sensitive data of single people."""
        return self in (Role.ADMIN, Role.INCLUSION)

    @property
    def manages(self) -> bool:
        """Tell whether the role may manage users."""
        return self is Role.ADMIN
