"""Takes PySide's look at every imported module off, right after Qt is loaded.

PySide6 replaces Python's `import` so that a module may ask for other names (`from __feature__ import snake_case`):
for each module imported later it reads the module's *source* and searches it. Nothing here uses that, and opening
a book imports some four hundred modules: the look costs a tenth of the start, and keeps every source in memory.
`__orig_import__` is PySide's own name for the import it had found (which loads Qt's classes lazily, and stays).
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  (puts the look in place, which can then be taken off)

_plain = getattr(builtins, "__orig_import__", None)
if _plain is not None:
    builtins.__import__ = _plain
