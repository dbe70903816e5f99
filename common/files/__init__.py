"""Files that people hand in: what is taken, where it lies, how it goes out again.

stored = store(form.cleaned_data["file"], by=request.user, allowed=SCANS)   # Invalid({"file": [...]}), never a 500
return serve(request, stored)                                              # in the view of the room that owns it
"""

from common.files.kinds import DOCUMENTS, PICTURES, SCANS, SHEETS, Allowed
from common.files.names import clean_name, in_megabytes
from common.files.serving import give, serve
from common.files.storing import Received, is_unchanged, path_of, receive, remove, store, sweep_orphans

__all__ = [
    "DOCUMENTS",
    "PICTURES",
    "SCANS",
    "SHEETS",
    "Allowed",
    "Received",
    "clean_name",
    "give",
    "in_megabytes",
    "is_unchanged",
    "path_of",
    "receive",
    "remove",
    "serve",
    "store",
    "sweep_orphans",
]
