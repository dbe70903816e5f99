from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from common.site.web import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


# Switching the language changes a cookie of the visitor only, and must work on a page that is not ours to token.
language = csrf_exempt(public(set_language))
