"""How the cards of the set-up are typed: a module for each, of the same name as in `rounds.cards`, with its page. A card
without one has pages of its own kind."""

from collections.abc import Mapping

from common.machine.registry import modules_in
from rounds.forms.cards.page import CardPage

PAGES: Mapping[str, CardPage] = {
    name: found for name, module in modules_in(__name__) if isinstance(found := getattr(module, "PAGE", None), CardPage)
}
