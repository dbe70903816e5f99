"""Tags and filters of every page (a builtin: no `{% load %}` needed)."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.defaultfilters import floatformat
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common import clock, money
from common.clock import now
from common.deadlines import last_day_of
from common.files.names import in_megabytes
from common.machine.gates import ChecklistItem
from common.search.grams import spans
from common.site import sending
from common.site.comparing import base_digest_name
from common.site.guide import PARAMETER, address_of_step, guide_of, number_of
from common.site.page_help import help_of
from common.wording import MARKS, in_days, in_hours, in_minutes
from common.wording import listed as in_a_list

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """12,000.00 元; a dash when there is none."""
    return "—" if amount is None else _("%(amount)s 元") % {"amount": money.yuan(amount)}


@register.filter
def plain_yuan(amount: Decimal | None) -> str:
    """12,000.00, for columns whose heading says 元."""
    return "—" if amount is None else money.yuan(amount)


@register.filter
def yuan_in_words(amount: Decimal | None) -> str:
    """大写金额."""
    return "" if amount is None else money.in_words(amount)


@register.filter
def score(value: Decimal | None) -> str:
    return "—" if value is None else floatformat(value, 2)


def _our_day(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """2020-12-07, for tables."""
    if value is None:
        return "—"
    return f"{_our_day(value):%Y-%m-%d}"


@register.filter
def last_day(end: datetime | None) -> str:
    """The last day of a period that ends at `end`: what ends at 24:00 ends on that day, not on the next."""
    return day(last_day_of(end)) if end else "—"


@register.filter
def minute(value: datetime | None) -> str:
    """2020-12-07 14:00."""
    return "—" if value is None else clock.minute(value)


WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@register.filter
def day_in_prose(value: date | datetime | None) -> str:
    """2020年12月7日(周一); in English 2020-12-7 (Mon)."""
    if value is None:
        return ""
    d = _our_day(value)
    return _("%(y)s-%(m)s-%(d)s (%(weekday)s)") % {
        "y": d.year,
        "m": d.month,
        "d": d.day,
        "weekday": WEEKDAYS[d.weekday()],
    }


@register.filter
def day_of_signing(value: date | datetime) -> str:
    """2020年12月7日, as a paper is dated: no weekday."""
    d = _our_day(value)
    return _("%(y)s-%(m)s-%(d)s") % {"y": d.year, "m": d.month, "d": d.day}


@register.filter
def time_left(until: datetime | None) -> str:
    """还剩 2 天 3 小时."""
    if until is None:
        return ""
    seconds = int((until - now()).total_seconds())
    if seconds <= 0:
        return _("over")
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        left = f"{in_days(days)} {in_hours(hours)}"
    else:
        left = f"{in_hours(hours)} {in_minutes(minutes)}" if hours else in_minutes(minutes)
    return _("%(time)s left") % {"time": left}


@register.filter
def file_size(size: int | None) -> str:
    """3.2 MB."""
    return "—" if size is None else in_megabytes(size)


@register.filter
def percent(part: Any, whole: Any) -> int:
    """0–100, for bars."""
    return min(100, int(part * 100 / whole)) if whole else 0


@register.simple_tag
def mark(sign: str) -> str:
    """`{% mark ":" %}` between a label and its value: full-width in Chinese, with its blank in English."""
    return str(MARKS[sign])


@register.filter
def listed(parts: Any) -> str:
    return in_a_list(parts or ())


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key)


@register.filter
def marked(text: Any, query: str) -> SafeString:
    """The text with what a search has found in it marked."""
    shown, at, parts = str(text), 0, []
    for start, end in spans(shown, query):
        parts += [conditional_escape(shown[at:start]), format_html("<mark>{}</mark>", shown[start:end])]
        at = end
    return mark_safe("".join([*parts, conditional_escape(shown[at:])]))


@register.simple_tag
def state_badge(thing: Any) -> SafeString:
    """The badge of anything with `state` (its word always; the colour only helps). Colours come from the room."""
    return format_html(
        '<span class="badge bg-{}-lt state-{}">{}</span>',
        getattr(thing, "state_colour", "blue"),
        thing.state,
        thing.get_state_display(),
    )


@register.simple_tag
def demo_mark(thing: Any) -> SafeString:
    """演示数据, on whatever was made up for a demonstration; nothing on real things."""
    if not getattr(thing, "is_demo", False):
        return SafeString("")
    return format_html(' <span class="badge bg-secondary-lt">{}</span>', _("Demonstration data"))


@cache
def _icon(name: str) -> str:
    path = settings.ICONS_DIR / f"{name}.svg"
    svg = path.read_text(encoding="utf-8")
    svg = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
    return (
        svg.replace('class="', 'class="icon ', 1) if 'class="' in svg else svg.replace("<svg", '<svg class="icon"', 1)
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An outline icon of Tabler, inline, decorative (words carry the meaning)."""
    return mark_safe(_icon(name))


@register.inclusion_tag("common/page_help.html", takes_context=True)
def page_help(context: dict[str, Any]) -> dict[str, Any]:
    """What rooms say of the present page (common/site/page_help.py)."""
    match = getattr(context.get("request"), "resolver_match", None)
    return {"help": help_of(match.url_name if match else None)}


@register.inclusion_tag("common/guide.html", takes_context=True)
def guide(context: dict[str, Any]) -> dict[str, Any]:
    """The step of the first visit that leads to the present page; on the first page of a role what the steps are."""
    request = context.get("request")
    role = getattr(getattr(request, "user", None), "role", "")
    steps = guide_of(role)
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not steps:
        return {}
    number = number_of(request.GET.get(PARAMETER))
    if number:  # on the page of the step, or on the one that it leads on to
        return {
            "step": steps[number - 1],
            "number": number,
            "steps": steps,
            "before": address_of_step(role, number - 1),
            "after": address_of_step(role, number + 1),
        }
    is_new = match.url_name == steps[0].page and request.user.guided_as != role
    return {"steps": steps, "first": address_of_step(role, 1)} if is_new else {}


@register.simple_tag(takes_context=True)
def active(context: dict[str, Any], prefix: str) -> str:
    """`active` when the present page lies under `prefix`."""
    return "active" if context["request"].path.startswith(prefix) else ""


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present query string with some parameters changed (None removes), for filters and paging that stay in the URL."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = value
    return f"?{params.urlencode()}"


@register.filter
def may(user: Any, perm: str) -> bool:
    """`{% if request.user|may:"ventures.screen" %}`, for things that need no object."""
    return bool(user.has_perm(perm))


@register.simple_tag(takes_context=True)
def remedies(context: dict[str, Any], line: ChecklistItem) -> list[dict[str, Any]]:
    """Where an unmet line of a checklist is met: the pages that are open to this reader, as label and address."""
    user, found = context["request"].user, []
    for way in line.remedies:
        address = reverse(way.name, args=way.args)
        if user.has_perm(resolve(address).func.policy):  # type: ignore[attr-defined]
            found.append({"label": way.label, "url": f"{address}?{way.query}" if way.query else address})
    return found


@register.simple_tag
def once() -> SafeString:
    """In every form that adds or decides something: sent twice, it does so once (common.site.sending)."""
    return format_html('<input type="hidden" name="{}" value="{}">', sending.FIELD, sending.new_token())


@register.filter
def base_digest(field: Any) -> SafeString:
    """The hidden field beside one that is compared with what is stored (common.site.comparing); nothing beside others."""
    form = field.form
    if field.name not in getattr(form, "compared", ()):
        return SafeString("")
    return format_html(
        '<input type="hidden" name="{}" value="{}" data-base-digest>',
        form.add_prefix(base_digest_name(field.name)),
        form.base_digest_of(field.name),
    )
