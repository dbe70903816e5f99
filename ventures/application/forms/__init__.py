"""The applicant's forms. A draft may be incomplete: only what can not be stored (no number, no date) is refused."""

from ventures.application.forms.section import SectionForm
from ventures.application.forms.submit import StartForm, SubmitForm
from ventures.application.forms.tables import Table

__all__ = ["SectionForm", "StartForm", "SubmitForm", "Table"]
