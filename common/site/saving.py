"""Sheets that save themselves while somebody types (common/saving/sheet.js): what their script is told, field by field."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from common.clock import clock_time, milliseconds
from common.errors import Conflict, DomainError, Invalid
from common.site.comparing import ComparedForm, base_digest_name


def texts() -> dict[str, str]:
    """What it says, in the reader's language. {…} is filled by the script."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved by itself {time}"),
        "partly": _("Saved {time}, except what is marked"),
        "unsaved": _("Not saved yet"),
        "offline": _(
            "The network is down. What you write is kept on this computer and saved by itself when it is back."
        ),
        "offlineNoCopy": _("The network is down, and this browser keeps no copy: do not close this page."),
        "busy": _(
            "The server does not answer. What you write is kept on this computer; the page tries again by itself."
        ),
        "loggedOut": _("You are logged out. What you write is kept on this computer."),
        "logIn": _("Log in (in a new tab), then come back"),
        "retry": _("Try again"),
        "stale": _("The server did not accept the page. What you write is kept on this computer: reload the page."),
        "reload": _("Reload the page"),
        "noCopy": _(
            "This browser keeps no copy (its storage is full or switched off). Everything is saved on the server only."
        ),
        "renewed": _("Changed by {who} at {at}."),
        "restored": _("Put back from this browser, where it was written at {time} and not saved."),
        "restoredTop": _("This browser had unsaved words of {time}. They are back in: {fields}."),
        "leftLocked": _("This browser has unsaved words for “{field}”, which is not open now:"),
        "openElsewhere": _("Open in another tab and being written there: {fields}. Go on there; it is saved there."),
        "onServer": _("On the server"),
        "takeServer": _("Use what is on the server"),
        "nothing": _("(nothing)"),
        "chooseFirst": _("First choose at the marked fields."),
        "correctFirst": _("First correct the marked fields."),
        "waiting": _("It could not be saved; the page stays, so that nothing is lost."),
    }


class Sheet:
    """What a page has sent of a ComparedForm while somebody types: `only` the fields that were touched.

    `make` builds the form over what is stored, from what was sent or from nothing; `show` renders one field of it.
    """

    def __init__(
        self, request: HttpRequest, make: Callable[[Any], ComparedForm], show: Callable[[ComparedForm, str], str]
    ) -> None:
        self.request, self.make, self.show = request, make, show
        self.as_stored = make(None)
        self.only = [name for name in request.POST.getlist("only") if name in self.as_stored.compared]
        self.form = make(self._data())
        self.form.is_valid()
        self.errors = {name: self._sentences(name) for name in self.only if self._is_bad(name)}

    def _data(self) -> Any:
        """With what is stored in the place of fields that were not touched."""
        data = self.request.POST.copy()
        for name in self.as_stored.compared:
            if name not in self.only:
                data.pop(base_digest_name(name), None)
                self.as_stored.put_stored(data, name)
        return data

    def _is_bad(self, name: str) -> bool:
        return name not in self.form.cleaned_data and name not in self.form.clashes

    def _sentences(self, name: str) -> list[str]:
        return [str(sentence) for sentence in self.form.errors.get(name, ())]

    def save(self, act: Callable[[ComparedForm], Any]) -> None:
        """Store by `act` what can be stored; what it refuses of a field is told there, and the others are stored."""
        self._keep_stored({*self.errors, *self.form.clashes})
        try:
            act(self.form)
        except Invalid as e:
            refused = {name: said for name, said in e.fields.items() if name in self.only}
            if not refused:
                raise
            self.errors |= refused
            self._keep_stored(refused)
            act(self.form)

    def _keep_stored(self, names: Iterable[str]) -> None:
        for name in names:
            self.form.cleaned_data[name] = self.form.as_cleaned(name)

    def answer(self) -> JsonResponse:
        fresh = self.make(None)
        by, at = self.form.who_and_when()
        return JsonResponse(
            {
                "base_digests": {
                    name: fresh.stored_digest(name)
                    for name in self.only
                    if name not in {*self.errors, *self.form.clashes, *self.form.renewed}
                },
                "errors": self.errors,
                "cells": {},
                "clashes": {
                    name: {
                        "html": render_to_string("common/clash.html", {"clash": clash, "path": name}, self.request),
                        "theirs": clash.theirs_digest,
                        "fresh": self.show(fresh, name),
                    }
                    for name, clash in self.form.clashes.items()
                },
                "fresh": {
                    name: {"html": self.show(fresh, name), "by": by, "at": at}
                    for name in self._changed_elsewhere(fresh)
                },
                "time": clock_time(),
                "now": milliseconds(),
            }
        )

    def _changed_elsewhere(self, fresh: ComparedForm) -> list[str]:
        """Fields that this page has not touched, and that say something else by now than when it was made."""
        seen = self.request.POST
        others = [name for name in fresh.compared if name not in self.only and base_digest_name(name) in seen]
        return [n for n in others if seen[base_digest_name(n)] != fresh.stored_digest(n)] + self.form.renewed


def check_user(request: HttpRequest) -> None:
    """Raises Conflict when somebody else is logged in by now than when the page was made."""
    if request.POST.get("user", "") != str(request.user.pk):
        raise Conflict(
            _("You are logged in as %(user)s in another tab. Log in again as before, then this page is saved.")
            % {"user": request.user}
        )


def problem(error: DomainError) -> JsonResponse:
    """What stands against the saving as a whole."""
    told = {"problem": str(error), "now": milliseconds()}
    return JsonResponse(told, status=error.status, json_dumps_params={"ensure_ascii": False})
