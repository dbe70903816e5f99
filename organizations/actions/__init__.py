"""What can be done with organizations: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from organizations.actions.register import edit, register

__all__ = ["edit", "register"]
