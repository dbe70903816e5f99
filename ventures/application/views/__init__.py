"""Filling in the application, step by step."""

from ventures.application.views.saving import autosave
from ventures.application.views.steps import form, preview, step
from ventures.application.views.submitting import printed, resubmit, submit

__all__ = ["autosave", "form", "preview", "printed", "resubmit", "step", "submit"]
