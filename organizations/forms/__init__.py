from organizations.forms.organization import GroupEditForm, GroupForm, OrganizationForm
from organizations.forms.records import (
    DeclineForm,
    EnterPlatformForm,
    GraduateForm,
    HostForm,
    ImportForm,
    NoteForm,
    form_of,
)

__all__ = [
    "DeclineForm",
    "EnterPlatformForm",
    "GraduateForm",
    "GroupEditForm",
    "GroupForm",
    "HostForm",
    "ImportForm",
    "NoteForm",
    "OrganizationForm",
    "form_of",
]
