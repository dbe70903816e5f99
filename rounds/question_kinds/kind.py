"""What a kind of extra question is."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from common.text import clean
from common.wording import listed

if TYPE_CHECKING:
    from rounds.models import Question


class QuestionKind:
    """A kind of answer. Values are canonical: what is compared, frozen and stored."""

    slug: str
    place: int  # in the choice of kinds
    label: Any
    takes: tuple[str, ...] = ()  # which of `options` and `max_length` a question of this kind has
    empty: Any = ""  # before anybody has answered

    def problems(self, question: "Question") -> Iterable[str]:
        """What is wrong with the question, before anybody is asked."""
        return ()

    def deciding(self, question: "Question") -> list[str]:
        """The answers that can decide whether another question is asked."""
        return []

    def kept(self, value: Any) -> Any:
        """A cleaned value of the form, or one that is kept already, as it is kept."""
        if value is None or value == "":
            return self.empty
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else clean(str(value))

    def said(self, value: Any) -> str:
        """A kept value in words, for comparison and messages."""
        return listed(value) if isinstance(value, list) else str(value)

    def read(self, value: Any) -> str:
        """The same on a page and on paper."""
        return self.said(value)

    def refused(self, question: "Question", value: Any) -> Iterable[str]:
        """What keeps an answer from being handed in."""
        return ()


class WithLimit(QuestionKind):
    """Words, with at most so many characters where the question says so."""

    takes = ("max_length",)

    def refused(self, question: "Question", value: Any) -> Iterable[str]:
        if question.max_length and isinstance(value, str) and len(value) > question.max_length:
            yield _("“%(field)s” has %(n)s characters; at most %(max)s.") % {
                "field": question.label,
                "n": len(value),
                "max": question.max_length,
            }


class WithOptions(QuestionKind):
    """One or several of the question's options."""

    takes = ("options",)

    def problems(self, question: "Question") -> Iterable[str]:
        if len(question.options) < 2:
            yield _("it needs at least two options.")
        if doubled := [o for o, n in Counter(question.options).items() if n > 1]:
            yield _("the option “%(option)s” stands there twice.") % {"option": doubled[0]}

    def deciding(self, question: "Question") -> list[str]:
        return list(question.options)

    def refused(self, question: "Question", value: Any) -> Iterable[str]:
        chosen = value if isinstance(value, list) else [value] if value else []
        if strange := [v for v in chosen if v not in question.options]:
            yield _("“%(value)s” is not one of the options of “%(field)s”.") % {
                "value": strange[0],
                "field": question.label,
            }
