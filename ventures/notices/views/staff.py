"""公示 and 异议: publish with enough working days, rule on objections, award when the notice is over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import today
from common.errors import Conflict, Invalid, NotReady
from common.machine.gates import checklist
from common.money import yuan
from common.site.web import errors_into, form_page, page, post_only, respond
from common.wording import labelled
from rounds.models import Round
from ventures.models import Notice, Objection, Venture
from ventures.notices import actions
from ventures.notices import desk_queries as queries
from ventures.notices.forms import FormalRulingForm, PublishForm, RulingForm
from ventures.notices.tables import DeskNoticeTable, DraftTable, LineTable
from ventures.requested import seen_state, visible_venture
from ventures.states import State


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    """Rounds with something to publish, then every notice."""
    table = DeskNoticeTable.newest(queries.notices(request.user), request)
    context = {"table": table, "to_publish": queries.rounds_to_publish(request.user)}
    return render(request, "ventures/notices/desk_notices.html", context)


# --- Publishing -----------------------------------------------------------------------------------------------------


def _round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("series"), pk=pk)


@page("ventures.publish")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice before it is published, with its last day computed."""
    round_ = _round(pk)
    form = PublishForm()
    try:
        form.initial["closes_on"] = actions.last_day_of_notice(round_, today())
    except Invalid as e:
        messages.warning(request, str(e))
    return _show_draft(request, round_, form)


def _show_draft(request: HttpRequest, round_: Round, form: PublishForm) -> HttpResponse:
    proposed = round_.ventures.filter(state=State.PROPOSED).select_related("organization").order_by("rank", "number")
    rows = list(proposed)
    context = {
        "round": round_,
        "table": DraftTable.of(rows),
        "sum": sum(v.awarded or 0 for v in rows),
        "opens_on": today(),
    }
    return respond(request, "ventures/notices/notice_draft.html", context, form)


@post_only("ventures.publish")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _round(pk)
    form = PublishForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            notice = actions.publish(round_, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The notice is published; it runs to %(end)s 24:00.") % {"end": notice.closes_on}
            )
            return redirect("desk_notice", pk=notice.pk)
    return _show_draft(request, round_, form)


# --- One notice -----------------------------------------------------------------------------------------------------


def _notice(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(queries.notices(request.user), pk=pk)


@page("ventures.read_desk")
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines with what became of them, objections, and the award with its gates."""
    notice = _notice(request, pk)
    lines = list(notice.lines.select_related("venture__organization", "venture__round__series"))
    reads_all = request.user.has_perm("accounts.read_journal")
    objections = notice.objections.select_related("venture") if reads_all else notice.objections.none()
    waiting = [line.venture for line in lines if line.venture.state == State.ON_NOTICE]
    if reads_all:
        seen = {line.venture_id for line in lines}
    else:
        seen = set(
            Venture.objects.visible_to(request.user).filter(notice_lines__notice=notice).values_list("pk", flat=True)
        )
    shown = [o.known_to(request.user) for o in objections]
    may_rule = request.user.has_perm("ventures.rule_on_objections")
    may_award = request.user.has_perm("ventures.award")
    context = {
        "seen": seen,
        "notice": notice,
        "table": LineTable.of(lines, without=() if may_award and notice.is_over else ["award"]),
        "sum": sum(line.amount for line in lines),
        "objections": shown,
        "n_filed": sum(o.state == Objection.State.FILED for o in shown) if may_rule else 0,
        "waiting": len(waiting),
        # The notice's own end is the same for every line: shown once, for one of them.
        "gates": checklist(waiting[0], "award") if waiting and not notice.is_over else [],
        "may_award": may_award,
    }
    return render(request, "ventures/notices/desk_notice.html", context)


@post_only("ventures.award")
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """立项 of one venture."""
    venture = actions.award(visible_venture(request, pk), by=request.user, seen_state=seen_state(request))
    messages.success(request, _("%(venture)s is awarded %(amount)s 元.") % _awarded(venture))
    return redirect("desk_venture", pk=pk)


def _awarded(venture: Venture) -> dict[str, object]:
    return {"venture": venture, "amount": yuan(venture.awarded or 0)}


@post_only("ventures.award")
def award_all(request: HttpRequest, pk: int) -> HttpResponse:
    """立项 of everything on the notice that nothing holds back; the rest is named."""
    notice = _notice(request, pk)
    waiting = Venture.objects.visible_to(request.user).filter(notice_lines__notice=notice, state=State.ON_NOTICE)
    held: list[str] = []
    n = 0
    for venture in waiting:
        try:
            actions.award(venture, by=request.user)
            n += 1
        except NotReady as e:
            held += [reason if str(venture) in reason else labelled(venture, reason) for reason in e.reasons]
    if not n:
        raise NotReady(held) if held else Conflict(_("Nothing on this notice waits for the award."))
    messages.success(
        request,
        ngettext(
            "%(n)s venture of “%(notice)s” is awarded; next: its agreement.",
            "%(n)s ventures of “%(notice)s” are awarded; next: their agreements.",
            n,
        )
        % {"n": n, "notice": notice.title},
    )
    for sentence in held:
        messages.warning(request, sentence)
    return redirect("desk_notice", pk=pk)


# --- Objections -----------------------------------------------------------------------------------------------------


@form_page("ventures.rule_on_objections")
def formal_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """形式审查 of the objections to a notice: those that are not admitted are ticked and refused in one act."""
    notice = _notice(request, pk)
    form = FormalRulingForm(request.POST if request.method == "POST" else None, notice=notice)
    if form.is_bound and form.is_valid():
        keys = [o.pk for o in form.cleaned_data["objections"]]
        with errors_into(form):
            n = actions.refuse_objections(notice, objections=keys, by=request.user, reason=form.cleaned_data["reason"])
            told = ngettext("%(n)s objection is not admitted.", "%(n)s objections are not admitted.", n)
            messages.success(request, told % {"n": n})
            return redirect("desk_notice", pk=pk)
    context = {
        "notice": notice,
        "filed": queries.filed_on(notice),
        "ticked": set((request.POST or request.GET).getlist("objections")),
    }
    return respond(request, "ventures/notices/formal_ruling.html", context, form)


def _objection(request: HttpRequest, pk: int) -> Objection:
    seen = Venture.objects.visible_to(request.user)
    found = Objection.objects.filter(venture__in=seen).select_related("venture__round__series", "notice")
    return get_object_or_404(found, pk=pk)


@page("accounts.read_journal")
def objection_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_objection(request, _objection(request, pk), RulingForm())


def _show_objection(request: HttpRequest, objection: Objection, form: RulingForm) -> HttpResponse:
    context = {
        "objection": objection.known_to(request.user),
        "may_rule": request.user.has_perm("ventures.rule_on_objections"),
    }
    return respond(request, "ventures/notices/objection.html", context, form)


@post_only("ventures.rule_on_objections")
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    objection = actions.admit_objection(_objection(request, pk), by=request.user)
    messages.success(
        request,
        _("The objection to %(venture)s is admitted; its award waits for the ruling.") % {"venture": objection.venture},
    )
    return redirect("desk_objection", pk=objection.pk)


@post_only("ventures.rule_on_objections")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    objection = _objection(request, pk)
    form = RulingForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.dismiss_objection(objection, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("The objection to %(venture)s is dismissed; the notice goes on.") % {"venture": objection.venture},
            )
            return redirect("desk_notice", pk=objection.notice_id)
    return _show_objection(request, objection, form)


@post_only("ventures.rule_on_objections")
def uphold(request: HttpRequest, pk: int) -> HttpResponse:
    objection = _objection(request, pk)
    form = RulingForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.uphold_objection(objection, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("The objection to %(venture)s is upheld; its award is cancelled.") % {"venture": objection.venture},
            )
            return redirect("desk_notice", pk=objection.notice_id)
    return _show_objection(request, objection, form)
