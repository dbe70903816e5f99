"""What the page's scripts say, in the reader's language. {…} is filled by the script."""

from django.utils.translation import gettext as _


def texts() -> dict[str, str]:
    return {
        "saving": _("Saving…"),
        "saved": _("Saved by itself {time}"),
        "partly": _("Saved {time}, except what is marked"),
        "unsaved": _("Not saved yet"),
        "offline": _(
            "The network is down. What you write is kept on this computer and saved by itself when it is back."
        ),
        "offlineNoCopy": _("The network is down, and this browser keeps no copy: do not close this page."),
        "busy": _(
            "The server does not answer. What you write is kept on this computer; the page tries again by itself."
        ),
        "loggedOut": _("You are logged out. What you write is kept on this computer."),
        "logIn": _("Log in (in a new tab), then come back"),
        "retry": _("Try again"),
        "stale": _("The server did not accept the page. What you write is kept on this computer: reload the page."),
        "reload": _("Reload the page"),
        "noCopy": _(
            "This browser keeps no copy (its storage is full or switched off). Everything is saved on the server only."
        ),
        "renewed": _("Changed by {who} at {at}."),
        "restored": _("Put back from this browser, where it was written at {time} and not saved."),
        "restoredTop": _("This browser had unsaved words of {time}. They are back in: {fields}."),
        "leftElsewhere": _("This browser has unsaved words in: {sections}. Open the section to put them back."),
        "leftLocked": _("This browser has unsaved words for “{field}”, which is not open now:"),
        "openElsewhere": _("Open in another tab and being written there: {fields}. Go on there; it is saved there."),
        "onServer": _("On the server"),
        "takeServer": _("Use what is on the server"),
        "nothing": _("(nothing)"),
        "chooseFirst": _("First choose at the marked fields."),
        "correctFirst": _("First correct the marked fields."),
        "waiting": _("It could not be saved; the page stays, so that nothing is lost."),
        "timeLeft": _("{h}:{m}:{s} left"),
        "over": _("The call is over."),
    }
