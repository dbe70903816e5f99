from common.models.calendar import CalendarDay, CalendarYear
from common.models.files import StoredFile
from common.models.journal import JournalEntry, record
from common.models.limits import Taken
from common.models.search import SearchGram, SearchText
from common.models.sending import Sending
from common.models.work import Job, OutboxMessage

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Job",
    "JournalEntry",
    "OutboxMessage",
    "SearchGram",
    "SearchText",
    "Sending",
    "StoredFile",
    "Taken",
    "record",
]
