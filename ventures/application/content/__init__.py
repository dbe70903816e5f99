"""What an application says, field by field: one list of fields for autosave, returns, versions, comparison and print.

A field has a path: `title`, `summary`, `budget` (the whole table), `q12` (an extra question), `paper3` (files of one
kind). Values are canonical: text, whole numbers, amounts as "12.00", days as "2020-12-07", tables as lists of rows.
"""

from ventures.application.content.content import ApplicationContent, hash_of, without_account
from ventures.application.content.fields import Field, Form, Section, form_of
from ventures.application.content.values import canonical, digest, shown, title_of
from ventures.application.content.versions import Difference, differences

__all__ = [
    "ApplicationContent",
    "Difference",
    "Field",
    "Form",
    "Section",
    "canonical",
    "differences",
    "digest",
    "form_of",
    "hash_of",
    "shown",
    "title_of",
    "without_account",
]
