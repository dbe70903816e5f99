"""What a page says after something was done: what, of which thing, what now. A bare verb says none of it."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from common.chinese import faults
from common.translations import collect, sources
from tests.house.code import tree

# About the reader's own account there is no other thing to name.
OF_ONESELF = re.compile(r"^You(r|rs)?\b|\byou\b")
A_THING = re.compile(r"%\((?!time|n\))\w+\)s")
# Of a mail about the reader's own account.
SUBJECTS = {"Set a new password", "Set your password"}
SENDING = {"notify", "send_mail", "_send", "_notify", "_mail", "Notification"}
LEVELS = {"success", "info", "warning", "error"}


def said_after_deeds() -> Iterator[tuple[str, str]]:
    """(where, the English) of every sentence that is written out in a call of django.contrib.messages."""
    for path in sources(".py"):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "messages"
                and node.func.attr in LEVELS
            ):
                where = f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}"
                for part in ast.walk(node):
                    if isinstance(part, ast.Call) and getattr(part.func, "id", "") in {"_", "gettext", "ngettext"}:
                        yield from ((where, a.value) for a in part.args[:2] if isinstance(a, ast.Constant))


def senders() -> Iterator[tuple[str, ast.FunctionDef]]:
    """(where, function) of every function that sends somebody a message in the site or a mail."""
    for path in sources(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and SENDING & {getattr(c.func, "id", "") for c in calls(node)}:
                yield f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}", node


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """But those of a refusal: nobody is sent what is raised."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, ast.Raise):
            yield from calls(child)


def names_nothing(sentence: str) -> bool:
    return not A_THING.search(sentence) and not OF_ONESELF.search(sentence) and len(sentence.split()) < 6


def test_no_message_is_only_a_verb() -> None:
    found = list(said_after_deeds())
    assert len(found) > 40
    assert not [f"{where}: {sentence}" for where, sentence in found if names_nothing(sentence)]


def test_no_message_to_a_person_is_only_a_verb() -> None:
    said = [
        (where, part.value)
        for where, sender in senders()
        for call in calls(sender)
        if getattr(call.func, "id", "") in {"_", "gettext", "ngettext"}
        for part in call.args[:2]
        if isinstance(part, ast.Constant)
    ]
    assert len(said) > 20
    assert not [(where, text) for where, text in said if names_nothing(text) and text not in SUBJECTS]


def test_no_message_is_put_together_with_the_marks_of_one_language() -> None:
    """`f"{venture}: {verb}."` is half-width in Chinese: what is put together takes its marks from common.wording."""
    found = list(senders())
    assert len(found) > 20
    by_hand = re.compile(r"[,;:?!] |[,;?!.]$|[，。；：？！（）、]")
    wrong = [
        f"{where}: {ast.unparse(part)}"
        for where, sender in found
        for part in ast.walk(sender)
        if isinstance(part, ast.JoinedStr)
        and any(isinstance(v, ast.Constant) and by_hand.search(str(v.value)) for v in part.values)
    ]
    assert not wrong


@pytest.mark.parametrize("sentence", ["Accepted.", "Saved %(time)s.", "The panel is set."])
def test_a_bare_verb_would_be_seen(sentence: str) -> None:
    assert names_nothing(sentence)


def test_no_chinese_sentence_of_the_catalogue_is_a_bare_verb() -> None:
    """受理。 says neither what nor of which venture."""
    verbs = re.compile("^(已)?(受理|审查通过|退回|提交|保存|登记|发布|通过|完成|删除|撤回|拨付|核定)了?。$")
    wrong = [
        (key[1], text)
        for key, text in collect().merged.items()
        if verbs.fullmatch(text) and key[1] not in {"Stored.", "Returned for correction."}
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Name: %(name)s", "名称:%(name)s"),
        ("%(a)s, %(b)s", "%(a)s, %(b)s为准"),
        ("Done.", "已办完."),
        ("Done (late)", "已办(逾期)"),
        ("The venture is accepted.", "项目已受理。"),
        ("The host agrees", "挂靠单位同意"),
        ("Manager", "项目主管"),
        ("%(n)s file(s)", "%(n)s 个文件"),
        ("one、two", "一、二"),
    ],
)
def test_the_lint_of_translations_refuses_half_width_marks_and_wrong_words(english: str, chinese: str) -> None:
    assert list(faults(english, chinese))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The objection is admitted.", "异议已受理。"),
        ("The application is not accepted.", "申报不予受理。"),
        ("Person in charge", "项目负责人"),
        ("From 12:30 to %(at)s", "12:30 至 %(at)s，1,000.00 元"),
        ("See %(url)s", "见 https://example.org/?a=1"),
        ("The budget has no line", "预算表没有内容"),
    ],
)
def test_it_leaves_alone_what_is_right(english: str, chinese: str) -> None:
    assert not list(faults(english, chinese))
