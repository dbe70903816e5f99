"""What a card of a round's set-up is. Each stands in a module of this package and is found there; how it is typed stands
in the module of the same name in `rounds.forms.cards`."""

from collections.abc import Iterable, Mapping
from typing import Any

from rounds.cards.amendable import Amendable
from rounds.cards.table import Table
from rounds.models import Round


class Card:
    """A card: what it sets, what it needs before the call may open, and what of it may change afterwards."""

    slug: str
    place: int  # on the page of the set-up
    label: Any
    statement: Any  # what is true when nothing is open in it: the label of its gate
    facts: tuple[str, ...] = ()  # the fields of the round that it sets
    tables: tuple[Table, ...] = ()  # the first is the card's own
    keeps_places = False
    amendable: Mapping[str, Amendable] = {}
    page = "desk_round_card"

    def page_args(self, round_: Round) -> tuple[Any, ...]:
        return (round_.pk, self.slug)

    @property
    def reads(self) -> tuple[str, ...]:
        """What of a round is read together for its check, so that a list of rounds costs the same for one and for many."""
        return tuple(table.reads or table.related for table in self.tables)

    def check(self, round_: Round) -> Iterable[str]:
        """Sentences about what the card still lacks, quoting rule and number."""
        raise NotImplementedError

    def advice(self, round_: Round) -> Iterable[str]:
        """What would be wise, without keeping the call shut."""
        return ()

    def settle(self, round_: Round) -> None:
        """The facts are set and not stored yet: what they decide together. Raises Invalid at the field."""

    def agree(self, round_: Round) -> None:
        """Facts and tables are stored: what in them contradicts itself and could never be. Raises Invalid at the field or
        cell. What only lacks something is left to `check`."""

    def copy(self, source: Round, new: Round) -> None:
        """The card's tables of another round."""
        for table in self.tables:
            table.copy(source, new)

    def counts(self, round_: Round) -> Iterable[tuple[Any, int]]:
        """What a copy takes along: the table in words, and how many rows. One query for each."""
        return [(table.counted, getattr(round_, table.related).count()) for table in self.tables]
