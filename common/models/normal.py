"""A column that is compared instead of another one."""

from collections.abc import Callable
from typing import Any

from django.db import models


class NormalFormField(models.CharField):
    """The normal form of what stands in the column `of`, written whenever its row is (save, create, bulk_create)."""

    def __init__(self, *args: Any, of: str = "", by: Callable[[str], str] = str, **kwargs: Any) -> None:
        self.of, self.by = of, by
        super().__init__(*args, **{"editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "by": self.by}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.by(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value
