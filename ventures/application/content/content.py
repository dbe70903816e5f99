"""What the rows of an application say now, read once."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import override

from common.text import masked
from ventures.application.content.fields import TABLES, Field, Form, Kind, answers_of, form_of
from ventures.application.content.values import as_json, canonical, empty
from ventures.application.corrections import ORGANIZATION as ORGANIZATION_PATH
from ventures.application.corrections import open_paths
from ventures.models import Application, Attachment, StampedScan, Submission, Venture

EDITION = 1  # of this layout of the frozen content

ORGANIZATION = (
    "name", "credit_code", "founded_on", "registrar", "supervising_body", "legal_representative", "address", "phone",
    "bank_name", "bank_account", "full_time_staff", "volunteers", "party_form", "party_members", "introduction",
)  # fmt: skip


class ApplicationContent:
    """The application of a venture: its rows, their values, the frozen content with its hash.

    Each kind of rows is read when it is first asked for and then kept: made behind the venture's lock, it is true to
    the end of the transaction for everybody who is handed it. Prefetched rows of the venture are not looked at.
    """

    def __init__(self, venture: Venture) -> None:
        self.venture = venture
        self._tables: dict[str, list[Any]] = {}

    @cached_property
    def application(self) -> Application:
        """An empty one when nobody has written yet."""
        found = Application.objects.filter(venture=self.venture.pk).first()
        return found or Application(venture=self.venture)

    @cached_property
    def answers(self) -> dict[int, Any]:
        return answers_of(self.venture)

    @cached_property
    def attachments(self) -> list[Attachment]:
        return list(Attachment.objects.filter(venture=self.venture.pk).select_related("file"))

    def rows(self, table: str) -> list[Any]:
        if table not in self._tables:
            model, _columns = TABLES[table]
            self._tables[table] = list(model.objects.filter(venture=self.venture.pk).order_by("ordinal"))
        return self._tables[table]

    def values(self, form: Form, paths: Iterable[str] | None = None) -> dict[str, Any]:
        """Path → canonical value, for these fields (None: all)."""
        wanted = None if paths is None else set(paths)
        return {f.path: self._value(f) for f in form if wanted is None or f.path in wanted}

    def _value(self, f: Field) -> Any:
        if f.kind is Kind.FACT:
            return canonical(f, getattr(self.venture, f.path))
        if f.kind is Kind.NARRATIVE:
            return getattr(self.application, f.path)
        if f.kind is Kind.TABLE:
            _model, columns = TABLES[f.path]
            return canonical(f, [{c: getattr(row, c) for c in columns} for row in self.rows(f.path)])
        if f.question is not None:
            return self.answers.get(f.question.pk, empty(f))
        assert f.rule is not None
        files = [a.file for a in self.attachments if a.rule_id == f.rule.pk]
        return [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files]

    @cached_property
    def content(self) -> dict[str, Any]:
        """Everything the application says, with labels, readable without the database; the same in every language."""
        venture = self.venture
        with override(settings.LANGUAGE_CODE):
            form = form_of(venture.round)
        values = self.values(form)
        return {
            "edition": EDITION,
            "round": venture.round.title,
            "organization": self._organization(),
            "budget": {name: f"{getattr(venture, name):.2f}" for name in ("total_budget", "requested", "self_raised")},
            "fields": [{"path": f.path, "section": f.section, "label": f.label, "value": values[f.path]} for f in form],
        }

    def _organization(self) -> dict[str, Any]:
        """Its data now; of a returned application as they were handed in, unless the correction opens them."""
        opened = open_paths(self.venture)
        if opened is not None and ORGANIZATION_PATH not in opened:
            handed_in = Submission.objects.filter(venture=self.venture.pk).order_by("ordinal").last()
            if handed_in is not None:
                return dict(handed_in.content["organization"])
        organization = self.venture.organization
        # A 备案 group stands under the code of its host.
        facts = {name: _plain(getattr(organization, name)) for name in ORGANIZATION}
        return facts | {"credit_code": organization.acting_code}

    @cached_property
    def hash(self) -> str:
        return hash_of(self.content)

    @cached_property
    def stamp(self) -> StampedScan | None:
        """The stamped scan of exactly this content, the last one; an edit after stamping makes it invalid."""
        return self.venture.stamped_scans.filter(content_hash=self.hash).order_by("pk").last()


def without_account(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same for readers who may not see where the money goes: of the account the last digits only."""
    organization = content["organization"]
    return {**content, "organization": {**organization, "bank_account": masked(organization["bank_account"])}}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else "" if value is None else str(value)


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON (UTF-8, sorted keys, no spaces)."""
    return hashlib.sha256(as_json(content).encode()).hexdigest()
