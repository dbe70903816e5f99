"""What the page of a card is made of."""

from dataclasses import dataclass
from typing import Any

from rounds.forms.base_digest import BaseDigestForm
from rounds.forms.rows import CardTable
from rounds.models import Round


class CardForm(BaseDigestForm):
    """The fields of a card."""

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        """What is stored, as the fields show it."""
        return {name: getattr(round_, name) for name in cls.base_fields if hasattr(round_, name)}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"base_digest", "places"}}


@dataclass(frozen=True)
class CardPage:
    """`tables` in the order of the card's; `heading` of the fields, where it is not the card's label; `links`: (label,
    name of a page) under the fields."""

    form: type[CardForm] = CardForm
    tables: tuple[type[CardTable], ...] = ()
    heading: Any = ""
    fields_first: bool = False
    links: tuple[tuple[Any, str], ...] = ()
