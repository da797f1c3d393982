"""The commands of the terminal, each in a file of its own. `COMMANDS` is the one list; a new command joins it here.

Importing a command is cheap: what it needs to work (the database, the paper) it imports when it runs.
"""

from __future__ import annotations

from desktop.commands import (
    backup,
    check_paper,
    demo,
    import_members,
    indicators,
    loan_schedule,
    model,
    new,
    report,
    restore,
    savings_interest,
    statement,
    template,
    verify,
    words,
)
from desktop.commands.command import Command

COMMANDS: list[Command] = [
    new.COMMAND,
    demo.COMMAND,
    import_members.COMMAND,
    statement.COMMAND,
    report.COMMAND,
    template.COMMAND,
    model.COMMAND,
    indicators.COMMAND,
    savings_interest.COMMAND,
    verify.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
    loan_schedule.COMMAND,
    words.COMMAND,
    check_paper.COMMAND,
]
"""All commands, in the order in which `sonhom --help` lists them."""
