from organizations.forms.organization import GroupEditForm, GroupForm, OrganizationForm
from organizations.forms.records import (
    DeclineForm,
    EnterPlatformForm,
    GraduateForm,
    HostForm,
    ImportForm,
    WordsForm,
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
    "OrganizationForm",
    "WordsForm",
    "form_of",
]
