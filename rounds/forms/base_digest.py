"""A form that knows what its reader saw, so that nobody saves over another one's change without knowing it."""

from typing import Any

from django import forms

from common.site.forms import PageForm


class BaseDigestForm(PageForm):
    """`base_digest` is the digest of what the page was made from."""

    use_required_attribute = False
    base_digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def rebase(self, digest: str) -> None:
        """What is stored now is shown beside what was typed: sending the form once more saves over it knowingly."""
        data: Any = self.data
        self.data = data.copy()
        self.data["base_digest"] = digest  # type: ignore[index]
