from organizations.forms.organization import GroupEditForm, GroupForm, OrganizationForm, OtherForm
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
    "OtherForm",
    "form_of",
]
