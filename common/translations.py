"""The Chinese of every sentence: collected from the code, merged with what is translated, compiled. No GNU gettext needed.

Source strings are English msgids; `locale/zh_Hans/LC_MESSAGES/django.po` holds their Chinese. While a room is being
built its translations may lie in `locale/pending/<room>.po`; they count at once and win over the catalogue.
"""

import ast
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.conf import settings
from django.utils.translation.template import templatize

from common.chinese import faults

# (context, msgid, plural msgid)
Key = tuple[str | None, str, str | None]
Translations = dict[Key, str]

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\\n",
    "Content-Transfer-Encoding: 8bit\\n",
    "Language: zh_Hans\\n",
    "Plural-Forms: nplurals=1; plural=0;\\n",
)
CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w+)\}")
UNFINISHED = re.compile(r"%(?!%|\()")

# Where Chinese is written in code on purpose; everything else that a user sees goes through gettext.
CHINESE_BY_NATURE = {
    "organizations/register_file": "headings and words of the bureau's own lists",
    "organizations/duplicates.py": "place names and kinds of organizations that are left out of names",
    "reports/sheets": "headings of the bureau's forms",
    "reports/writer": "the frame of the bureau's forms",
    "reports/queries/scores.py": "the cell of a recused expert (回避) on the score sheet",
    "simulation": "demonstration data",
    "ventures/notices/actions.py": "the title of a notice is data",
    "common/machine/lifecycle_docs.py": "docs/lifecycle.md is in both languages",
    "common/translations.py": "this list",
    "common/normal_forms.py": "units and signs that people type (元, 年月日, 转)",
    "common/chinese.py": "the words that are wrong, and the right ones",
    "common/spreadsheets/cells.py": "dates as people type them (2020年12月7日)",
    "common/spreadsheets/writing.py": "names of fonts",
    "common/work_calendar/reading.py": "days as the State Council's notice writes them",
    "common/money.py": "amounts in capital characters (大写金额)",
    "rounds/models/naming.py": "the name of a round (首届, 第四届) is data",
    "rounds/models/budget.py": "the names of the usual budget heads (人员费用, 管理费) are data",
    "rounds/models/grades.py": "the names of the usual grades (优秀, 良好) are data",
    "ventures/eligibility/duplicates.py": "words that say nothing about what an application is about",
    "ventures/states.py": "what forms and workbooks call a state",
    "ventures/application/printing": "the 申报书 on paper is Chinese",
    "ventures/eligibility/similarity.py": "stock phrases of Chinese applications",
}


@dataclass
class TranslationSet:
    """What the code says and what is translated of it."""

    said: dict[Key, set[str]] = field(default_factory=dict)  # where each is said
    stored: Translations = field(default_factory=dict)
    pending: Translations = field(default_factory=dict)
    fuzzy: list[Key] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    @property
    def merged(self) -> Translations:
        return {key: self.pending.get(key) or self.stored.get(key, "") for key in self.said}


def po_path() -> Path:
    return Path(settings.BASE_DIR, "locale", "zh_Hans", "LC_MESSAGES", "django.po")


def pending_paths() -> list[Path]:
    return sorted(Path(settings.BASE_DIR, "locale", "pending").glob("*.po"))


def rooms() -> list[Path]:
    base = Path(settings.BASE_DIR)
    return sorted(p.parent for p in base.glob("*/__init__.py") if p.parent.name not in {"tests", "benchmarks"})


def sources(ending: str) -> Iterator[Path]:
    for room in rooms():
        for path in sorted(room.rglob(f"*{ending}")):
            if "migrations" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    for ending in (".html", ".txt"):
        yield from (p for p in sources(ending) if "templates" in p.parts)


# --- Reading ----------------------------------------------------------------------------------------------------------


def collect() -> TranslationSet:
    """Everything: the code, the catalogue and what is pending."""
    found = TranslationSet()
    for path in sources(".py"):
        _collect_from(found, path, path.read_bytes())
        _collect_from(found, path, _inside_f_strings(path.read_text()))
    for path in templates():
        # Inside parentheses Python's tokenizer does not mind the indentation of HTML.
        _collect_from(found, path, f"({templatize(path.read_text(), origin=str(path))})".encode())
    read_stored(found)
    return found


def read_stored(into: TranslationSet) -> TranslationSet:
    if po_path().exists():
        for key, text, fuzzy in _read(po_path()):
            into.stored[key] = text
            into.fuzzy += [key] if fuzzy else []
    for path in pending_paths():
        for key, text, fuzzy in _read(path):
            into.fuzzy += [key] if fuzzy else []
            if text and into.pending.setdefault(key, text) != text:
                into.conflicts.append(f"{path.name}: {key[1]!r} is {text!r} here and {into.pending[key]!r} elsewhere")
    return into


def _collect_from(found: TranslationSet, path: Path, content: bytes) -> None:
    where = path.relative_to(settings.BASE_DIR).as_posix()
    for _line, messages, _comments, context in extract("python", io.BytesIO(content), KEYWORDS):
        one, many = messages if isinstance(messages, tuple) else (messages, None)
        if one:
            found.said.setdefault((context, one, many), set()).add(where)


def _inside_f_strings(source: str) -> bytes:
    """The calls of gettext inside f-strings, a line each: Python's tokenizer before 3.12 does not look into them."""
    calls = (
        part
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and _is_gettext(part)
    )
    return "\n".join(ast.unparse(call) for call in calls).encode()


def _is_gettext(call: ast.Call) -> bool:
    return getattr(call.func, "id", getattr(call.func, "attr", "")) in KEYWORDS


def _read(path: Path) -> Iterator[tuple[Key, str, bool]]:
    with path.open("rb") as f:
        for message in read_po(f, locale="zh_Hans"):
            if message.id:
                one, many = message.id if isinstance(message.id, tuple) else (message.id, None)
                text = message.string[0] if isinstance(message.string, tuple) else message.string
                yield (message.context, one, many), text or "", message.fuzzy


# --- Writing ----------------------------------------------------------------------------------------------------------


def write_po(translations: Translations) -> None:
    """Sorted, without dates and line numbers: two people who add sentences do not meet in one line."""
    lines = ['msgid ""', 'msgstr ""', *(f'"{h}"' for h in HEADER)]
    for (context, one, many), text in sorted(translations.items(), key=_order):
        lines.append("")
        if PLACEHOLDER.search(one):
            lines.append("#, python-format")
        if context:
            lines.append(f"msgctxt {normalize(context, width=0)}")
        lines.append(f"msgid {normalize(one, width=0)}")
        if many:
            lines.append(f"msgid_plural {normalize(many, width=0)}")
        lines.append(f"{'msgstr[0]' if many else 'msgstr'} {normalize(text, width=0)}")
    _replace(po_path(), ("\n".join(lines) + "\n").encode())


def compile_mo(translations: Translations) -> Path:
    catalog = Catalog(locale="zh_Hans", domain="django", charset="utf-8", fuzzy=False)
    for (context, one, many), text in translations.items():
        if text:
            catalog.add((one, many) if many else one, (text,) if many else text, context=context)
    target = po_path().with_suffix(".mo")
    content = io.BytesIO()
    write_mo(content, catalog)
    _replace(target, content.getvalue())
    return target


def _order(item: tuple[Key, str]) -> tuple[str, str, str]:
    (context, one, many), _text = item
    return one, many or "", context or ""


def _replace(path: Path, content: bytes) -> None:
    # Readers (a running server, a second compile) see the old file or the new one, never half of it.
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


# --- Checking ---------------------------------------------------------------------------------------------------------


def problems(found: TranslationSet) -> list[str]:
    """Sentences about what is wrong with the translations; [] when all is well."""
    said = [f"untranslated: {_at(found, k)} {k[1]!r}" for k, text in found.merged.items() if not text]
    said += [f"obsolete: {k[1]!r}" for k in found.stored if k not in found.said]
    said += [f"fuzzy: {k[1]!r}" for k in found.fuzzy]
    said += [f"two translations: {c}" for c in found.conflicts]
    for key, text in found.merged.items():
        if text and (mismatch := _mismatch(key, text)):
            said.append(f"{mismatch}: {_at(found, key)} {key[1]!r} → {text!r}")
        said += [f"{fault}: {_at(found, key)} {text!r}" for fault in faults(key[1], text)]
    said += [f"Chinese outside gettext: {where}: {text}" for where, text in chinese_literals()]
    said += [f"gettext under a name that is not collected: {where}" for where in renamed()]
    return said


def _at(found: TranslationSet, key: Key) -> str:
    return ", ".join(sorted(found.said[key]))


def _mismatch(key: Key, text: str) -> str | None:
    _context, one, many = key
    wanted = {a or b for a, b in PLACEHOLDER.findall(one + (many or ""))}
    got = {a or b for a, b in PLACEHOLDER.findall(text)}
    # Chinese has one form for both: a plural sentence may leave out no placeholder of its plural.
    if wanted != got:
        return f"placeholders differ ({', '.join(sorted(map(str, wanted ^ got)))})"
    if "%(" in one and UNFINISHED.search(text.replace("%%", "")):
        return "a single % in a sentence with placeholders"
    return None


def renamed() -> Iterator[str]:
    """Where gettext is imported under a name of its own: its sentences would stay English on Chinese pages."""
    for path in sources(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                if any(a.name in KEYWORDS and a.asname and a.asname not in KEYWORDS for a in node.names):
                    yield f"{path.relative_to(settings.BASE_DIR).as_posix()}:{node.lineno}"


def chinese_literals() -> Iterator[tuple[str, str]]:
    """(where, text) of Chinese that a user would see and no translator finds."""
    for path in sources(".py"):
        where = path.relative_to(settings.BASE_DIR).as_posix()
        if not any(where == known or where.startswith(f"{known}/") for known in CHINESE_BY_NATURE):
            yield from ((f"{where}:{line}", text) for line, text in _literals(ast.parse(path.read_text())))
    for path in templates():
        where = path.relative_to(settings.BASE_DIR).as_posix()
        text = re.sub(
            r"\{#.*?#\}|<!--.*?-->|\{%-?\s*comment\b.*?endcomment\s*%\}"
            r"|\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}|\{[%{].*?[%}]\}",
            lambda m: "\n" * m.group().count("\n"),
            path.read_text(),
            flags=re.DOTALL,
        )
        yield from (
            (f"{where}:{n}", s.strip()) for n, s in enumerate(text.splitlines(), 1) if CJK.search(s.replace("元", ""))
        )


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    quiet: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_gettext(node):
            quiet.update(id(part) for argument in node.args for part in ast.walk(argument))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            # 元 is the unit of every amount in both languages.
            if CJK.search(node.value.replace("元", "")):
                yield node.lineno, node.value[:60]
