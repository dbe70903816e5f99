from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from common import health
from common.site.web import public, public_form


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all parts work, else 503; which do not is said by name."""
    parts = health.parts()
    works = all(parts.values())
    return JsonResponse({"ok": works, **parts}, status=200 if works else 503)


# Switching the language changes a cookie of the visitor only, and must work on a page that is not ours to token.
language = csrf_exempt(public_form(set_language))
