"""Filling in an application as a browser does: with the hidden fields of the page that was opened before."""

from typing import Any

import lxml.html
from django.test import Client
from django.urls import reverse

from accounts.models import User
from organizations.models import Membership
from tests.factories import a_user
from ventures.models import Venture


def step_url(venture: Venture, slug: str) -> str:
    return reverse("apply_step", args=[venture.pk, slug])


def open_page(client: Client, venture: Venture, slug: str) -> dict[str, Any]:
    """What the form of a step holds: name → value, or a list of values."""
    return form_data(client.get(step_url(venture, slug)).content.decode())


def form_data(body: str) -> dict[str, Any]:
    form = lxml.html.fromstring(body).get_element_by_id("step-form")
    data: dict[str, Any] = {}
    for name, text in form.form_values():
        value = text.removeprefix("\n")  # which stands before the text of every textarea
        data[name] = (
            value if name not in data else [*([data[name]] if isinstance(data[name], str) else data[name]), value]
        )
    return data


def table_rows(path: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Rows of a table as the page sends them."""
    data: dict[str, Any] = {f"{path}-TOTAL_FORMS": len(rows), f"{path}-INITIAL_FORMS": 0}
    for n, row in enumerate(rows):
        data |= {f"{path}-{n}-{name}": value for name, value in row.items()}
    return data


def with_rows(page: dict[str, Any], path: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The page's data with other rows in a table."""
    return {k: v for k, v in page.items() if not k.startswith(f"{path}-")} | table_rows(path, *rows)


def post_step(client: Client, venture: Venture, slug: str, changes: dict[str, Any]) -> Any:
    """Open a step, change fields, send the page."""
    return client.post(step_url(venture, slug), open_page(client, venture, slug) | changes)


def sent_by_script(
    user: Any, page: dict[str, Any], changes: dict[str, Any], tables: dict[str, list[dict[str, Any]]] | None = None
) -> dict[str, Any]:
    """What the page's script sends when fields and tables have been touched, and what the page was made from."""
    data = {k: v for k, v in page.items() if k.startswith("base_digest-")} | changes
    for path, rows in (tables or {}).items():
        data |= table_rows(path, *rows)
    return data | {"user": user.pk, "only": [*changes, *(tables or {})]}


def autosave(
    client: Client, user: Any, venture: Venture, slug: str, opened: dict[str, Any], changes: dict[str, Any], **more: Any
) -> Any:
    """A saving by the page's script. `more`: tables, or what it says beside (page, sequence, mine, theirs-…)."""
    tables = more.pop("tables", None)
    data = sent_by_script(user, opened, changes, tables) | more
    return client.post(reverse("apply_autosave", args=[venture.pk, slug]), data)


def version_of(venture: Venture) -> int:
    venture.application.refresh_from_db()
    return venture.application.version


def submit(client: Client, venture: Venture, **changes: Any) -> Any:
    """Press 提交申报书 on the last step, as it stands now."""
    data = {"version": version_of(venture), "declared": "on", **changes}
    return client.post(reverse("apply_submit", args=[venture.pk]), data)


def a_colleague(venture: Venture) -> User:
    """张三, an editor of the same organization."""
    colleague = a_user(name="张三")
    Membership.objects.create(user=colleague, organization=venture.organization, part="editor")
    return colleague
