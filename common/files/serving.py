"""Files on their way out. There is no address of files as such: each room serves its own, after it has asked who may."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from common.files.storing import path_of
from common.models import StoredFile

SHOWN = frozenset({"pdf", "jpg", "png"})  # kinds that a browser may show in place of the page
# Whatever the content turns out to be: it runs nothing, loads nothing, belongs to no site.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


def serve(request: HttpRequest, stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The content as an attachment under its own name; `inline` shows PDFs and pictures in the browser instead.

    Who may have it is the caller's business: the view gets `stored` by way of the thing that it belongs to.
    """
    response = FileResponse(
        path_of(stored).open("rb"),
        as_attachment=not (inline and stored.kind in SHOWN),
        filename=stored.name,
        content_type=stored.media_type,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"  # the right to it may end any moment
    return response


def give(content: bytes, name: str, media_type: str) -> HttpResponse:
    """What the house has made just now (a template, a PDF), as an attachment under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
