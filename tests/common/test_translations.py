"""Translations: collected, merged, checked and compiled without GNU gettext."""

from pathlib import Path
from typing import Any

import pytest

from common import translations
from common.translations import TranslationSet


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    """A small house: one room with a page and some code."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "locale" / "pending").mkdir(parents=True)
    (tmp_path / "room" / "__init__.py").write_text("")
    (tmp_path / "room" / "code.py").write_text(
        'a = _("Plain")\nb = pgettext("menu", "Open")\nc = ngettext("%(n)s day", "%(n)s days", 2)\nd = _("one " "sentence")\n'
        "e = f\"{b}: {c if d else _('In an f-string')}\"\n"
    )
    (tmp_path / "room" / "templates" / "page.html").write_text(
        '<p>{% translate "In a page" %}</p>\n   <b>{{ x|default:_("In a filter") }}</b>\n'
        "{% blocktranslate with who=a %}Hello {{ who }}{% endblocktranslate %}\n{# 注释 #}"
    )
    return tmp_path


def pending(house: Path, name: str, body: str) -> None:
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (house / "locale" / "pending" / f"{name}.po").write_text(header + body)


def test_sentences_of_code_and_pages_are_found(house: Path) -> None:
    assert set(translations.collect().said) == {
        (None, "Plain", None),
        ("menu", "Open", None),
        (None, "%(n)s day", "%(n)s days"),
        (None, "one sentence", None),
        (None, "In an f-string", None),
        (None, "In a page", None),
        (None, "In a filter", None),
        (None, "Hello %(who)s", None),
    }


def test_a_pending_translation_counts_at_once_and_survives_being_written(house: Path) -> None:
    pending(house, "room", 'msgid "Plain"\nmsgstr "普通"\n')
    translations.write_po(translations.collect().merged)
    (house / "locale" / "pending" / "room.po").unlink()
    assert translations.collect().merged[(None, "Plain", None)] == "普通"


def test_writing_twice_gives_the_same_file(house: Path) -> None:
    pending(house, "room", 'msgid "Hello %(who)s"\nmsgstr "您好,%(who)s"\n')
    translations.write_po(translations.collect().merged)
    first = translations.po_path().read_bytes()
    translations.write_po(translations.collect().merged)
    assert translations.po_path().read_bytes() == first


def test_a_lost_placeholder_a_single_percent_and_a_missing_sentence_are_told(house: Path) -> None:
    pending(
        house,
        "room",
        'msgid "Hello %(who)s"\nmsgstr "您好"\n\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s 天 100% 好"\n',
    )
    said = "\n".join(translations.problems(translations.collect()))
    assert "placeholders differ (who)" in said
    assert "a single %" in said
    assert "untranslated: room/code.py 'Plain'" in said


def test_chinese_outside_gettext_is_told_but_not_in_comments_and_docstrings(house: Path) -> None:
    (house / "room" / "more.py").write_text('"""说明"""\n# 注释\nx = "直接写的"\ny = _("Title (标题)")\nz = "5 元"\n')
    (house / "room" / "templates" / "bad.html").write_text("<p>\n直接写的</p>")
    assert [where for where, __ in translations.chinese_literals()] == ["room/more.py:3", "room/templates/bad.html:2"]


def test_gettext_under_a_name_that_nobody_collects_is_told(house: Path) -> None:
    (house / "room" / "more.py").write_text("from django.utils.translation import gettext as _now, gettext_lazy as _\n")
    assert "gettext under a name that is not collected: room/more.py:1" in translations.problems(translations.collect())


def test_what_is_compiled_is_what_gettext_reads(house: Path) -> None:
    import gettext

    target = translations.compile_mo({(None, "Plain", None): "普通", (None, "%(n)s day", "%(n)s days"): "%(n)s 天"})
    with target.open("rb") as f:
        compiled = gettext.GNUTranslations(f)
    assert compiled.gettext("Plain") == "普通"
    assert compiled.ngettext("%(n)s day", "%(n)s days", 1) == "%(n)s 天"


def test_an_obsolete_sentence_is_told(house: Path) -> None:
    translations.write_po({(None, "Gone", None): "不再使用"})
    assert "obsolete: 'Gone'" in translations.problems(translations.collect())
    assert translations.read_stored(TranslationSet()).stored == {(None, "Gone", None): "不再使用"}
