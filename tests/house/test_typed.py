"""Nothing typed is lost and nothing is added twice: every form of every page carries what that needs. By the templates for all
of them; by the pages themselves, as everybody gets them, for a share that is drawn."""

import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.test import Client

from tests.corpus.draw import is_drawn
from tests.house.access.asking import Asker
from tests.house.access.doors import Door, doors
from tests.house.access.world import World
from tests.house.code import ROOMS, ROOT

SHARE = 16  # one page in so many is opened every day
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
TYPED = ".//textarea | .//select | .//input[not(@type='hidden' or @type='submit' or @type='file')]"

# Forms that neither add nor store what somebody has typed, and those that keep it themselves.
OF_THEIR_OWN = {
    "login": "a password", "register": "a password", "forgotten": "a mail is sent, within a limit", "reset_password": "a password",
    "use_link": "a password", "change_password": "a password", "factor_verify": "a code for once", "factor_set_up": "a code for once",
    "factor_codes": "a code for once", "factor_remove": "a code for once", "set_language": "a choice", "apply_join_code": "a look",
    "notice_find_objection": "a look",
    "apply_step": "a sheet that saves itself",
}  # fmt: skip
# Forms that add, and come with something chosen already.
PROPOSE = {"apply_group_new", "apply_organization_new", "apply_other_new", "desk_reports", "notice_object"}
# The same by their templates.
TEMPLATES = {
    "login.html", "register.html", "forgotten.html", "new_password.html", "change_password.html", "factor_verify.html",
    "factor_set_up.html", "factor_change.html", "people_code.html", "step.html", "imports.html", "_queue.html", "find_objection.html",
}  # fmt: skip
WRITES = re.compile(r"<textarea|<select|as_field_group|form-control|type=\"(radio|checkbox|text|number|date)\"")


def forms_in_templates() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room / "templates").rglob("*.html")):
            for found in FORM.finditer(path.read_text(encoding="utf-8")):
                yield path.name, found[0]


def test_every_template_with_a_form_in_which_somebody_types_gives_it_a_token() -> None:
    forms = [(name, form) for name, form in forms_in_templates() if WRITES.search(form) and 'type="file"' not in form]
    assert len(forms) > 50
    without = {name for name, form in forms if "{% once %}" not in form}
    assert without <= TEMPLATES, f"{{% once %}} is missing in {sorted(without - TEMPLATES)}"


@pytest.fixture(scope="module")
def asker(module_db: None) -> Asker:
    return Asker(World())


def without_token(asker: Asker, asked: list[Door]) -> list[str]:
    """Each page as those of two roles see it who may open it."""
    wrong, seen = [], 0
    clients: dict[str, Client] = {}
    for door in asked:
        readers = [
            n for n, user in asker.world.readers.items() if door.policy == "public" or user.has_perm(door.policy)
        ]
        for name in {readers[0], readers[-1], *readers[1:2]} if readers else ():
            if name not in clients:
                clients[name] = Client(raise_request_exception=False)
                if asker.world.readers[name].is_authenticated:
                    clients[name].force_login(asker.world.readers[name])
            answer = clients[name].get(door.url(asker.world, name))
            if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
                continue
            body = answer.content.decode()
            for form in lxml.html.document_fromstring(body).xpath(
                "//main//form[translate(@method, 'POST', 'post')='post']"
            ):
                seen += 1
                if trouble := _trouble(form, door, body):
                    wrong.append(f"{door.name} as {name}, the form to {form.get('action') or 'itself'}: {trouble}")
    assert seen or len(asked) < 40
    return sorted(set(wrong))


def _trouble(form: lxml.html.FormElement, door: Door, body: str) -> str:
    if not form.xpath(TYPED) or door.name in OF_THEIR_OWN or form.xpath(".//input[@type='file']"):
        return ""
    if form.get("data-sheet") is None and not form.xpath(".//input[@name='once']"):
        return "no token"
    if 'src="/static/common/house' not in body:
        return "no script that keeps what is typed"
    filled = [f for f in form.xpath(".//textarea") if (f.text or "").strip()] + form.xpath(".//input[@checked]")
    compared = form.xpath(".//*[starts-with(@name, 'base_digest') or @name='version']")
    if filled and not compared and door.name not in PROPOSE:
        return "shows what is stored, and not what it was made from"
    return ""


def pages() -> list[Door]:
    return [door for door in doors() if "GET" in door.methods and not door.of]


@pytest.mark.django_db
def test_every_form_of_a_drawn_page_carries_its_token_or_what_it_was_made_from(asker: Asker) -> None:
    asked = [door for door in pages() if is_drawn(f"typed {door.route}", SHARE)]
    assert not (wrong := without_token(asker, asked)), "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_form_of_every_page_carries_its_token_or_what_it_was_made_from(asker: Asker) -> None:
    assert not (wrong := without_token(asker, pages())), "\n".join(wrong)
