"""Lists that come in and go out: members from Excel and CSV files, tables to Excel and CSV files.

sheet = read_table(path)
seen = preview(book, sheet, None, ImportOptions(today=act.today, group=group))
run_import(book, seen, act)            # or write_rejects(path, seen)
"""

from desktop.services.exchange.columns import Field, Mapping, guess_mapping, mapping_for
from desktop.services.exchange.parsing import Home, ImportOptions, OldFont, PreviewRow, Progress
from desktop.services.exchange.previewing import Preview, preview
from desktop.services.exchange.reading import Cell, Sheet, read_table
from desktop.services.exchange.running import ImportResult, run_import
from desktop.services.exchange.writing import (
    ColumnKind,
    Value,
    escaped,
    export_table,
    replaced,
    write_rejects,
    write_trouble,
)

__all__ = [
    "Cell",
    "ColumnKind",
    "Field",
    "Home",
    "ImportOptions",
    "ImportResult",
    "Mapping",
    "OldFont",
    "Preview",
    "PreviewRow",
    "Progress",
    "Sheet",
    "Value",
    "escaped",
    "export_table",
    "guess_mapping",
    "mapping_for",
    "preview",
    "read_table",
    "replaced",
    "run_import",
    "write_rejects",
    "write_trouble",
]
