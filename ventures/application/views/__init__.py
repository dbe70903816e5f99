"""Filling in the application, step by step."""

from ventures.views.application.saving import autosave
from ventures.views.application.steps import form, preview, step
from ventures.views.application.submitting import printed, resubmit, submit

__all__ = ["autosave", "form", "preview", "printed", "resubmit", "step", "submit"]
