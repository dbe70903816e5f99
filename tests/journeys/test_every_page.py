"""Every page × everybody who may open it, at four widths: nothing sticks out, no text is broken into a glyph a line, each
empty choice has its word, what is pressed is large enough for a finger, and axe finds nothing.

`make test` looks at a drawn share, as who mainly reads them; `make test-long` at all, as everybody. PICTURES=folder keeps
a picture of each, to be looked at by people."""

import os
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from common.site.forms import PageModelForm
from tests.corpus.draw import WHOLE, is_drawn
from tests.house.access.world import World
from tests.journeys.looking import LAYOUT, PHONE, WIDE, wrong_on
from tests.journeys.sights import Sight, Wall, furnished, sights

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SHARE = 24  # one page in so many is looked at every day
PARTS = 24  # of the whole: a test may last ten minutes
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    return furnished()


def is_of(name: str, part: int) -> bool:
    return zlib.crc32(name.encode()) % PARTS == part if WHOLE else is_drawn(name, SHARE)


@pytest.mark.parametrize("part", range(PARTS) if WHOLE else [0])
def test_every_page_stands_at_each_width_and_axe_finds_nothing(chromium: Any, world: World, part: int) -> None:
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")
    wall, wrong = Wall(context.new_page()), []
    found = list(sights(world, lambda name: is_of(name, part), everybody=WHOLE))
    for sight in found:
        page = wall.hang(sight)
        wrong += wrong_on(page, f"{sight.name} as {sight.reader}", picture(page, sight))
    context.close()
    assert found
    assert not wrong, "\n".join(wrong)


def picture(page: Any, sight: Sight) -> Any:
    if not PICTURES:
        return None
    name = re.sub(r"\W+", "-", f"{sight.name} {sight.reader}").strip("-")

    def keep(size: dict[str, int]) -> None:
        page.screenshot(path=Path(PICTURES, f"{name} {size['width']}.png"), full_page=True)

    return keep


def test_what_sticks_out_breaks_up_and_is_too_small_is_found(chromium: Any) -> None:
    """The measure itself, on a page on which each fault is made once."""
    page = chromium.new_page(viewport=PHONE)
    page.set_content("""
      <style>button { min-height: 44px } .card { width: 200px; height: 60px } .btn { overflow: hidden; white-space: nowrap }</style>
      <h1>题目</h1> <h2>题目</h2>
      <div style="width: 500px">宽</div>
      <div class="card"><p style="width: 300px; height: 100px">卡片</p></div>
      <div style="width: 1.1em">一字一行的字</div>
      <a class="btn" style="display: block; width: 40px">写得太长的按钮</a>
      <select name="kind"><option value="">---------</option></select>""")
    page.add_style_tag(content="select { height: 44px }")
    found = "\n".join(page.evaluate(LAYOUT))
    for said in (
        "wider than the screen", "beyond the edge", "sticks out at the side", "sticks out below", "one glyph a line",
        "clipped", "an empty choice without a word", "a target under 44 px", "the title again",
    ):  # fmt: skip
        assert said in found, said
    page.close()


def test_no_form_over_a_model_draws_dashes_for_the_empty_choice() -> None:
    for model in apps.get_models():
        meta = type("Meta", (), {"model": model, "fields": "__all__"})
        form: Any = type("Form", (PageModelForm,), {"Meta": meta})()
        for name, field in form.fields.items():
            said = [str(label) for __, label in getattr(field, "choices", ())]
            assert not any(re.fullmatch(r"[-—]+", label) for label in said), f"{model.__name__}.{name}: {said}"
