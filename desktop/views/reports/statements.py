"""Statements in bulk: one group in one file, or every group in a folder, with progress and a way to stop."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.models.ids import GroupId
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.views.kit.files import safe_name
from desktop.views.kit.runner import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class Batch:
    """What was asked for: the period, the edition (None: each member's wish), how amounts are read."""

    starts: date
    ends: date
    large_print: bool | None
    words: Any


@dataclass(frozen=True, slots=True)
class BatchDone:
    """How many groups and statements were written, and where; `stopped` when the user stopped it."""

    groups: int
    statements: int
    folder: str
    stopped: bool = False


def write_groups(
    book: Any, groups: list[tuple[GroupId, str, str]], batch: Batch, folder: str, act: Act, progress: Progress
) -> Outcome[BatchDone]:
    """Write one file per group (id, code, name) into a folder; a file is whole or not there."""
    done = statements = 0
    stopped = False
    for place, (group, code, name) in enumerate(groups):
        try:
            progress(place, len(groups), name)
        except Cancelled:
            stopped = True
            break
        statements += _write_group(book, group, batch, Path(folder) / _file_name(code, name, batch), act)
        done += 1
    return Outcome(BatchDone(done, statements, folder, stopped), Changed.of(Topic.PRINTS))


def _file_name(code: str, name: str, batch: Batch) -> str:
    period = f"{batch.starts.isoformat()}_{batch.ends.isoformat()}"
    return safe_name(f"sao-ke {code} {name} {period}.pdf")


def _write_group(book: Any, group: GroupId, batch: Batch, path: Path, act: Act) -> int:
    from desktop.models.problems import Refusal
    from desktop.services import statements
    from reports.kit.report import PaperOptions
    from reports.member_statement import render_group

    order = statements.StatementOrder(group, batch.starts, batch.ends, large_print=batch.large_print)
    try:
        values = statements.issue(book, order, act).value
    except Refusal:
        return 0  # a group without members in the period has nothing to print
    data = render_group(values, PaperOptions(large_print=batch.large_print, words=batch.words))
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)
    return len(values)
