"""The texts of the program and their English: a developer's tool over Babel.

`python -m resources.catalogue update` collects the texts and writes the catalogues, Vietnamese filled in by
itself; `compile` writes the .mo files that are shipped; `missing en` prints as JSON what has no English yet,
`fill en FILE.json` takes it back with the translations; `check` fails when anything is missing or stale.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from resources.files import file
from resources.lang.messages import DOMAIN, LANGUAGES

ROOMS = ("desktop", "reports", "resources")
SOURCE_LANGUAGE = "vi"
_ROOT = Path(__file__).resolve().parent.parent
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "many": (1, 1)}
_FIELD = re.compile(r"\{([^{}]*)\}")
# The header of a catalogue holds times; they stay the same so that files change only when texts do.
_TIME = datetime(2026, 1, 1, tzinfo=UTC)


# --- Collecting
def sources(root: Path = _ROOT) -> list[Path]:
    """Return the Python files whose texts people may read."""
    return [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]


def collect(root: Path = _ROOT) -> Catalog:
    """Return the template: every text marked with `_`, `N_`, `ngettext` or `many`, with the files it stands in."""
    template = _catalogue(None)
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        with path.open("rb") as stream:
            for line, message, comments, context in extract("python", stream, _KEYWORDS, ("i18n:",)):
                template.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return template


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        domain=DOMAIN,
        project="Sổ Nhóm",
        version="1",
        creation_date=_TIME,
        revision_date=_TIME,
        last_translator="Sổ Nhóm",
        language_team=language or "vi",
        msgid_bugs_address="-",
        charset="utf-8",
        fuzzy=False,
        header_comment="# The texts of Sổ Nhóm. Made by `python -m resources.catalogue update`.",
    )


# --- Files
def po_file(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return file(f"locale/{language}/LC_MESSAGES/{DOMAIN}.po")


def read(language: str) -> Catalog:
    """Return the catalogue of a language, an empty one if there is none."""
    path = po_file(language)
    if not path.exists():
        return _catalogue(language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN)


def _po_bytes(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, sort_by_file=True, include_previous=False, include_lineno=False)
    return stream.getvalue()


def _mo_bytes(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _save(catalogue: Catalog, language: str) -> None:
    _write(po_file(language), _po_bytes(catalogue))


# --- The commands
def update() -> None:
    """Collect the texts, write the template, bring every catalogue up to it, and compile."""
    template = collect()
    _write(file(f"locale/{DOMAIN}.pot"), _po_bytes(template))
    for language in LANGUAGES:
        _save(_brought_up(read(language), template, language), language)
    compile_all()


def _brought_up(old: Catalog, template: Catalog, language: str) -> Catalog:
    """Return a fresh catalogue with the texts of the template and the translations there were."""
    fresh = _catalogue(language)
    for message in template:
        if not message.id:
            continue
        known = old.get(_key(message), message.context)
        said = known.string if known is not None and not known.fuzzy else None
        if language == SOURCE_LANGUAGE:
            said = message.id if isinstance(message.id, str) else (message.id[1],)
        if said is not None and isinstance(said, str) != isinstance(message.id, str):
            said = None  # the text became a plural, or stopped being one
        fresh.add(
            message.id, said, message.locations, auto_comments=message.auto_comments, context=message.context
        )
    return fresh


def compile_all() -> None:
    """Write the .mo file of every language."""
    for language in LANGUAGES:
        _write(po_file(language).with_suffix(".mo"), _mo_bytes(read(language)))


def missing(language: str) -> dict[str, Any]:
    """Return the texts without a translation: text -> "", or a list of empty forms for a plural."""
    catalogue = read(language)
    found: dict[str, Any] = {}
    for message in _messages(catalogue):
        if not _forms(message) or not all(_forms(message)):
            plural = not isinstance(message.id, str)
            found[_key(message)] = [""] * catalogue.num_plurals if plural else ""
    return found


def fill(language: str, translations: dict[str, Any]) -> list[str]:
    """Put translations into a catalogue; return complaints about those that were left out."""
    catalogue = read(language)
    complaints = []
    for key, said in translations.items():
        message = catalogue.get(key)
        if message is None:
            complaints.append(f"not in the catalogue: {key!r}")
            continue
        if not said or (isinstance(said, list) and not all(said)):
            continue
        before = message.string
        message.string = _nfc(said) if isinstance(said, str) else tuple(map(_nfc, said))
        wrong = list(_complaints(message, catalogue.num_plurals))
        if wrong:
            message.string = before
            complaints += wrong
    _save(catalogue, language)
    compile_all()
    return complaints


def check() -> list[str]:
    """Return all that is wrong: marks in the code, missing, doubtful or stale translations."""
    template = collect()
    wanted = {_identity(message) for message in _messages(template)}
    found = [complaint for path in sources() for complaint in misuse(path)]
    found += [f"text is not NFC: {_key(m)!r}" for m in _messages(template) if _nfc(_key(m)) != _key(m)]
    for language in LANGUAGES:
        catalogue = read(language)
        there = {_identity(message) for message in _messages(catalogue)}
        found += [f"{language}: not collected yet: {key[0]!r}" for key in sorted(wanted - there)]
        found += [f"{language}: no longer in the program: {key[0]!r}" for key in sorted(there - wanted)]
        for message in _messages(catalogue):
            found += [f"{language}: {text}" for text in _complaints(message, catalogue.num_plurals)]
        compiled = po_file(language).with_suffix(".mo")
        if _compiled_texts(compiled) != _spoken(catalogue):
            found.append(f"{language}: the .mo file is stale; run: python -m resources.catalogue compile")
    return found


def _compiled_texts(path: Path) -> dict[Any, str] | None:
    """Return the texts of a .mo file without its header, None if there is none."""
    if not path.exists():
        return None
    with path.open("rb") as stream:
        texts: dict[Any, str] = dict(vars(gettext.GNUTranslations(stream))["_catalog"])
    texts.pop("", None)
    return texts


def _spoken(catalogue: Catalog) -> dict[Any, str]:
    """Return what the .mo file of a catalogue must hold, as gettext reads it."""
    texts: dict[Any, str] = {}
    for message in _messages(catalogue):
        forms = _forms(message)
        if not forms or not all(forms) or message.fuzzy:
            continue
        if isinstance(message.id, str):
            texts[message.id] = forms[0]
        else:
            texts |= {(message.id[0], number): form for number, form in enumerate(forms)}
    return texts


# --- What may be wrong
def _complaints(message: Message, plurals: int) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    key = _key(message)
    forms = _forms(message)
    expected = 1 if isinstance(message.id, str) else plurals
    if len(forms) != expected or not all(forms):
        yield f"no translation of {key!r}"
        return
    if message.fuzzy:
        yield f"doubtful (fuzzy) translation of {key!r}"
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {field for text in texts for field in fields(text)}
    for form in forms:
        if _nfc(form) != form:
            yield f"translation is not NFC: {key!r}"
        has = set(fields(form))
        # A form for one thing may leave the number out ("one member"), a plain text nothing.
        if has - allowed or (isinstance(message.id, str) and has != allowed):
            yield f"other {{fields}} in the translation of {key!r}: {form!r}"
        if form.strip() != form and key.strip() == key:
            yield f"stray spaces in the translation of {key!r}"


def fields(text: str) -> list[str]:
    """Return the names between braces in a text, without their format."""
    return [re.split("[:!]", name)[0] for name in _FIELD.findall(text.replace("{{", "").replace("}}", ""))]


def misuse(path: Path) -> list[str]:
    """Return where a file asks for a translation in a way that cannot work: f-strings, at import time."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        return [f"{path}: {error}"]
    place = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else str(path)
    found = []
    for call in _asking(ast.walk(tree), {"_", "N_", "ngettext", "many"}):
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args):
            found.append(f"{place}:{call.lineno}: f-string inside a translated text")
    for call in _asking(_at_import(tree), {"_", "ngettext", "many"}):
        found.append(f"{place}:{call.lineno}: translated at import time; mark it with N_ or use a function")
    return found


def _asking(nodes: Iterable[ast.AST], names: set[str]) -> Iterator[ast.Call]:
    """Yield the calls of these names."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when the module is imported: not the bodies of functions and lambdas."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            early: list[ast.AST] = [*child.decorator_list, *child.args.defaults]
            early += [default for default in child.args.kw_defaults if default is not None]
            for part in early:
                yield part
                yield from _at_import(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from _at_import(child)


# --- Small helpers
def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _identity(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,) if message.string else ()
    return tuple(message.string or ())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 1 if something is missing or wrong."""
    parser = argparse.ArgumentParser(prog="python -m resources.catalogue", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "compile", "check"):
        commands.add_parser(name)
    commands.add_parser("missing").add_argument("language", choices=LANGUAGES)
    filling = commands.add_parser("fill")
    filling.add_argument("language", choices=LANGUAGES)
    filling.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    complaints: list[str] = []
    if options.command == "update":
        update()
    elif options.command == "compile":
        compile_all()
    elif options.command == "missing":
        print(json.dumps(missing(options.language), ensure_ascii=False, indent=1))
    elif options.command == "fill":
        complaints = fill(options.language, json.loads(options.file.read_text(encoding="utf-8")))
    else:
        complaints = check()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
