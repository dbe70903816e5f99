"""The limits of what knows no grant: uploads, looking through files, what the server holds."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.limits.kinds import AtOnce, Bound, Rate, declared

MB = 1024 * 1024

# --- Files --------------------------------------------------------------------------------------------------------------

UPLOADS = declared(
    Rate(
        "uploads",
        "files that are handed in, taken or refused",
        per=("account",),
        most=60,
        minutes=10,
        refusal=_("You have sent %(n)s files within %(m)s minutes. Please try again in %(left)s."),
    )
)
UPLOADS_AT_ONCE = declared(
    AtOnce(
        "uploads_at_once",
        "files of a person that are taken in and looked through",
        per=("account",),
        most=2,
        refusal=_("%(n)s files of yours are being taken in just now. Please send the next one when they are here."),
    )
)
FILE_SIZE = declared(
    Bound(
        "file_size",
        "bytes of a file",
        per=("file",),
        most=settings.UPLOAD_FILE_LIMIT,
        refusal=_("The file has %(size)s; at most %(limit)s are taken."),
        in_bytes=True,
        of="each",
    )
)
FORM_SIZE = declared(
    Bound(
        "form_size",
        "bytes of a request to a page that takes no files",
        per=("request",),
        most=settings.FORM_BODY_LIMIT,
        refusal=_("What was sent has %(size)s; this page takes at most %(limit)s at once."),
        in_bytes=True,
        of="each",
    )
)

_HEAVY = _(
    "Looking through the file takes more time or memory than documents need. Save it anew with less in"
    " it (Save As), or print it to a new PDF."
)
_BUSY = _("Many files are being looked through just now. Please hand it in again in a minute.")
# 300 scanned pages take 0.1 s.
LOOK_PROCESSOR = declared(
    Bound(
        "look_processor",
        "processor time of looking through a file",
        per=("file",),
        most=1.5,
        refusal=_HEAVY,
        unit="s",
        of="each",
    )
)
LOOK_TIME = declared(
    Bound(
        "look_time",
        "time of looking through a file, on a machine with much else to do",
        per=("file",),
        most=20,
        refusal=_HEAVY,
        unit="s",
        of="each",
    )
)
LOOK_MEMORY = declared(
    Bound(
        "look_memory",
        "memory of the process that looks through files, of which each serving process has one",
        per=("server",),
        most=640 * MB,
        refusal=_HEAVY,
        in_bytes=True,
        of="each",
    )
)
LOOK_QUEUE = declared(
    Bound(
        "look_queue",
        "waiting until the files before are looked through, one at a time",
        per=("file",),
        most=20,
        refusal=_BUSY,
        unit="s",
        of="each",
    )
)

# --- Papers made on demand ----------------------------------------------------------------------------------------------

EXPORTS = declared(
    Rate(
        "exports",
        "papers (PDF) and tables (Excel) of an application that are made when asked for",
        per=("account",),
        most=120,
        minutes=10,
        refusal=_("You have asked for %(n)s papers within %(m)s minutes. Please try again in %(left)s."),
    )
)
EXPORTS_AT_ONCE = declared(
    AtOnce(
        "exports_at_once",
        "papers and tables of a person that are being made",
        per=("account",),
        most=2,
        refusal=_("%(n)s papers are being made for you just now. Please ask for the next one when they are here."),
    )
)

# --- Connections (common.serving) ---------------------------------------------------------------------------------------

CONNECTIONS = declared(
    Bound(
        "connections",
        "open connections; beyond them the longest idle one of the address with most of them is closed for the next",
        per=("server",),
        most=1000,
        of="open at a time",
    )
)
CONNECTIONS_OF_ADDRESS = declared(
    Bound(
        "connections_of_address",
        "open connections from an address; beyond them its longest idle one is closed for the next",
        per=("address",),
        most=200,
        of="open at a time",
    )
)
_BODIES = _("Too much is being sent from your address just now. Please send it again in a minute.")
BYTES_OF_ADDRESS = declared(
    Bound(
        "bytes_of_address",
        "bytes of requests that are received or wait, as announced",
        per=("address",),
        most=256 * MB,
        refusal=_BODIES,
        in_bytes=True,
        of="held at a time",
    )
)
BYTES = declared(
    Bound(
        "bytes",
        "the same of all addresses",
        per=("server",),
        most=1024 * MB,
        refusal=_BODIES,
        in_bytes=True,
        of="held at a time",
    )
)
IDLE = declared(
    Bound("idle", "an idle connection before it is closed", per=("connection",), most=60, unit="s", of="each")
)
HEADER_TIME = declared(
    Bound("header_time", "time until the head of a request is here", per=("request",), most=20, unit="s", of="each")
)
REST = declared(
    Bound(
        "rest",
        "a connection whose request was too many (429), until the next one is read from it (at least, not at most)",
        per=("connection",),
        most=2,
        unit="s",
        of="each",
    )
)
BODY_SPEED = declared(
    Bound(
        "body_speed",
        "bytes a second in which the body of a request has to come, after 30 seconds (at least, not at most)",
        per=("request",),
        most=16 * 1024,
        in_bytes=True,
        of="each",
    )
)
THREADS_OF_ADDRESS = declared(
    Bound(
        "threads_of_address",
        "requests of an address that are answered at the same time; the others wait for their turn",
        per=("address",),
        most=2,
        of="at a time",
    )
)
