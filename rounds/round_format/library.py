"""The templates there are: those of `fixtures/rounds/`, made from public rounds, and those that the office has kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from rounds.models import RoundTemplate

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "rounds"
USUAL = "usual.yaml"


@dataclass(frozen=True)
class Template:
    """`key` is what its address says. `demo`: the cards and facts (`money.cap`) that the source does not say
    (演示)."""

    key: str
    name: str
    place: str
    year: int | None
    source: str
    content: Mapping[str, Any]
    demo: Sequence[str] = ()
    saved_by_name: str = ""


def templates() -> list[Template]:
    """The office's own first. One query."""
    own = [
        Template(f"own-{t.pk}", t.name, t.place, t.year, t.source, t.content, saved_by_name=t.saved_by_name)
        for t in RoundTemplate.objects.all()
    ]
    return own + list(published())


def template(key: str) -> Template | None:
    return next((t for t in templates() if t.key == key), None)


@cache
def published() -> tuple[Template, ...]:
    """Made from public rounds, by year. What a source does not say is taken from `usual.yaml`."""
    usual = _data(FOLDER / USUAL)["cards"]
    made = [_read(path, usual) for path in sorted(FOLDER.glob("*.yaml")) if path.name != USUAL]
    return tuple(sorted(made, key=lambda t: (t.year or 0, t.key)))


def _read(path: Path, usual: Mapping[str, Any]) -> Template:
    data = _data(path)
    said: Mapping[str, Any] = data["cards"]
    cards = {
        slug: {**usual.get(slug, {}), **said.get(slug, {})} for slug in [*usual, *(s for s in said if s not in usual)]
    }
    demo = [slug for slug in usual if slug not in said]
    demo += [f"{slug}.{name}" for slug in usual if slug in said for name in usual[slug] if name not in said[slug]]
    content = {"format": data["format"], "cards": cards}
    return Template(path.stem, data["name"], data["place"], data["year"], data["source"], content, demo)


def _data(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
