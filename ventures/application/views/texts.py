"""What the application's scripts say beside the sheet that saves itself, in the reader's language. {…} is filled by the script."""

from django.utils.translation import gettext as _


def texts() -> dict[str, str]:
    return {
        "leftElsewhere": _("This browser has unsaved words in: {sections}. Open the section to put them back."),
        "timeLeft": _("{clock} left"),
        "over": _("The call is over."),
    }
