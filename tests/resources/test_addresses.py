"""Addresses of servers: taken apart and put together alike, and no password on the screen or on the disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.addresses import ServerPlace, place_of, short_name, shown_address, without_password

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=0, max_size=12)
names = st.from_regex(r"[a-z_][a-z0-9_]{0,10}", fullmatch=True)


@given(host=names, port=st.integers(1, 65_535), database=names, user=words, password=words)
def test_a_place_survives_its_address(host: str, port: int, database: str, user: str, password: str) -> None:
    place = ServerPlace(host, port, database, user, password if user else "")
    again = place_of(place.address())
    assert (again.host, again.database, again.user, again.password) == (host, database, user, place.password)
    assert again.port == (0 if port == 5432 else port)
    assert place_of(without_password(place.address())).password == ""


@given(user=names, password=st.text("abc/?#:%&=é", min_size=6, max_size=12))
def test_what_the_server_takes_for_a_password_is_kept_nowhere(user: str, password: str) -> None:
    from sqlalchemy.engine import make_url

    address = f"postgresql://{user}:{password}@may/so"
    assert make_url(address).password  # it is one
    assert password not in without_password(address)
    assert password not in shown_address(address)
    assert make_url(without_password(address)).password is None
    assert make_url(without_password(address)).host == "may"


@pytest.mark.parametrize(
    ("address", "kept", "shown"),
    [
        ("/nhà/sổ: a@b.sonhom", "/nhà/sổ: a@b.sonhom", "/nhà/sổ: a@b.sonhom"),
        ("postgresql://may/so", "postgresql://may/so", "postgresql://may/so"),
        ("postgresql://a:b@may:5433/so", "postgresql://a@may:5433/so", "postgresql://a:***@may:5433/so"),
        (
            "postgresql://a@may/so?password=x&sslmode=require",
            "postgresql://a@may/so?sslmode=require",
            "postgresql://a@may/so?password=***&sslmode=require",
        ),
        (
            "postgresql://a:b@[::1]:5433/so",
            "postgresql://a@[::1]:5433/so",
            "postgresql://a:***@[::1]:5433/so",
        ),
    ],
)
def test_secrets_are_cut_out(address: str, kept: str, shown: str) -> None:
    assert without_password(address) == kept
    assert shown_address(address) == shown


def test_what_a_book_is_called_before_it_is_open() -> None:
    assert short_name("/nhà/so-xa.sonhom") == "so-xa"
    assert short_name("postgresql://a:b@may/so_huyen?password=c") == "so_huyen"


@pytest.mark.parametrize("text", ["", "may", "mysql://may/so", "postgresql://may:cổng/so", "http://a/b"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"no address|invalid literal"):
        place_of(text)
