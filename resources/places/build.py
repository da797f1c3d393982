"""Make the shipped lists of provinces and communes from the source list (a developer's tool).

`python -m resources.places.build admin-units.csv`. The source is the list in force since 30 April 2026; what
it cannot tell, the change of Đồng Nai on that day, is stated here.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from resources.files import file
from resources.lang.collation import sort_key
from resources.lang.names import decree_tones

REFORM = "2025-07-01"
DONG_NAI = "75"
DONG_NAI_CITY = "2026-04-30"
DONG_NAI_LAST_PROVINCE_DAY = "2026-04-29"
# Resolution 237/NQ-UBTVQH16: Lộc Ninh, Tân Khai, Đồng Phú, Tân Phú, Trị An, Trảng Bom, Dầu Giây, Long Thành,
# Xuân Lộc, Nhơn Trạch. The other 23 wards were wards on 1 July 2025 (687 wards then, 697 now).
NEW_WARDS = frozenset(
    ("25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485")
)

Row = tuple[str, ...]


def provinces(source: Iterable[dict[str, str]]) -> list[Row]:
    """Return (code, name, kind, valid_from, valid_to) by code."""
    found = {
        row["province_code"]: (_name(row["province_name"]), row["province_type"].lower()) for row in source
    }
    rows: list[Row] = []
    for code, (name, kind) in sorted(found.items()):
        if code == DONG_NAI:
            rows.append((code, name, "tỉnh", REFORM, DONG_NAI_LAST_PROVINCE_DAY))
            rows.append((code, name, kind, DONG_NAI_CITY, ""))
        else:
            rows.append((code, name, kind, REFORM, ""))
    return rows


def communes(source: Iterable[dict[str, str]]) -> list[Row]:
    """Return (code, name, kind, province_code, valid_from, valid_to) in Vietnamese order of names."""
    rows: list[Row] = []
    for row in source:
        code, name, kind = row["commune_code"], _name(row["commune_name"]), row["commune_type"].lower()
        province = row["province_code"]
        if code in NEW_WARDS:
            rows.append((code, name, "xã", province, REFORM, DONG_NAI_LAST_PROVINCE_DAY))
            rows.append((code, name, kind, province, DONG_NAI_CITY, ""))
        else:
            rows.append((code, name, kind, province, REFORM, ""))
    return sorted(rows, key=lambda row: (sort_key(row[1]), row[3], row[0], row[4]))


def _name(name: str) -> str:
    """Return a name as decrees write it, without a kind that slipped into it."""
    clean = decree_tones(" ".join(name.split()))
    for kind in ("xã ", "phường ", "đặc khu "):
        clean = clean.removeprefix(kind)
    return clean


def _write(name: str, head: Row, rows: list[Row]) -> None:
    with file(name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main(source: Path) -> None:
    """Write places/provinces.csv and places/communes.csv."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        units = list(csv.DictReader(stream))
    _write("places/provinces.csv", ("code", "name", "kind", "valid_from", "valid_to"), provinces(units))
    head = ("code", "name", "kind", "province_code", "valid_from", "valid_to")
    _write("places/communes.csv", head, communes(units))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
