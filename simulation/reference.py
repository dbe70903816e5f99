"""Reference data from `fixtures/`: kinds of applicants, places, platforms, series, published figures. Loading twice changes nothing."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from organizations.models import ApplicantKind, Place, Platform, ReferenceFigure
from rounds.models import Series

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def _read(name: str) -> Any:
    return yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> dict[str, int]:
    """Load or refresh all five files; what → how many rows they hold. Parents stand before their children."""
    return {"kinds": kinds(), "places": places(), "platforms": platforms(), "series": series(), "figures": figures()}


def kinds() -> int:
    rows = _read("applicant_kinds.yaml")
    for n, row in enumerate(rows, 1):
        given = {"prefixes": [], "also": [], **row, "ordinal": n}
        ApplicantKind.objects.update_or_create(code=given.pop("code"), defaults=given)
    return len(rows)


def places() -> int:
    rows = _read("places.yaml")
    for row in rows:
        parent = Place.objects.get(code=row["parent"]) if "parent" in row else None
        Place.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"], "tier": row["tier"], "parent": parent}
        )
    return len(rows)


def platforms() -> int:
    rows = _read("platforms.yaml")
    for row in rows:
        parent = Platform.objects.get(name=row["parent"]) if "parent" in row else None
        Platform.objects.update_or_create(
            name=row["name"],
            defaults={
                "tier": row["tier"],
                "place": Place.objects.get(code=row["place"]),
                "parent": parent,
                "operator": row["operator"],
                "is_demo": row["is_demo"],
            },
        )
    return len(rows)


def series() -> int:
    rows = _read("series.yaml")
    for row in rows:
        Series.objects.update_or_create(code=row["code"], defaults={"name": row["name"]})
    return len(rows)


def figures() -> int:
    data = _read("reference_figures.yaml")
    for row in data["figures"]:
        ReferenceFigure.objects.update_or_create(
            key=row["key"],
            defaults={
                "label": row["label"],
                "value": row["value"],
                "as_of": data["as_of"],
                "source": data["source"],
                "note": row.get("note", ""),
            },
        )
    return len(data["figures"])
