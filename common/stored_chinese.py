"""The Chinese of a sentence for pages of the documentation, which are the same wherever they are made."""

from typing import Any

from django.utils.translation import override

from common.translations import TranslationSet, read_stored


class StoredChinese:
    """Chinese of a lazy sentence, straight from the catalogue: compiled or not."""

    def __init__(self) -> None:
        stored = read_stored(TranslationSet())
        self.texts = {**stored.stored, **stored.pending}

    def __call__(self, label: Any) -> str:
        with override("en"):
            english = str(label)
        return self.texts.get((None, english, None)) or english
