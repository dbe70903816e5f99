"""The applicant's forms. A draft may be incomplete: only what can not be stored (no number, no date) is refused."""

from ventures.forms.applicant.delivery import ActivityForm, ReportForm
from ventures.forms.applicant.section import SectionForm
from ventures.forms.applicant.submit import StartForm, SubmitForm
from ventures.forms.applicant.tables import Table

__all__ = ["ActivityForm", "ReportForm", "SectionForm", "StartForm", "SubmitForm", "Table"]
