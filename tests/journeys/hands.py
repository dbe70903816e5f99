"""Two ways to work on a page: with the mouse, and with the keyboard alone."""

from typing import Any, Protocol

MOST_TABS = 250
HAS_FOCUS = "element => document.activeElement === element"


class Hands(Protocol):
    page: Any

    def press(self, what: Any) -> None:
        """A link, a button, a summary, a tick box."""

    def write(self, name: str, text: str) -> None:
        """Into the field of this name, instead of what stands there; a day as 2020-12-07."""


class Mouse:
    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, what: Any) -> None:
        what.click()

    def write(self, name: str, text: str) -> None:
        self.page.click(f"main [name={name}]")
        self.page.fill(f"main [name={name}]", text)


class Keyboard:
    def __init__(self, page: Any) -> None:
        self.page = page

    def _reach(self, wanted: Any) -> None:
        element = wanted.element_handle()
        for __ in range(MOST_TABS):
            if self.page.evaluate(HAS_FOCUS, element):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {wanted}")

    def press(self, what: Any) -> None:
        self._reach(what)
        is_ticked = what.get_attribute("type") in {"checkbox", "radio"}
        self.page.keyboard.press("Space" if is_ticked else "Enter")

    def write(self, name: str, text: str) -> None:
        field = self.page.locator(f"main [name={name}]").first
        self._reach(field)
        if field.get_attribute("type") == "date":
            self._write_day(field, text)
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)

    def _write_day(self, field: Any, day: str) -> None:
        """Digit by digit, in the order of this browser's language."""
        year, month, of_month = day.split("-")
        for typed in (month + of_month + year, year + month + of_month):
            self._reach(field)
            self.page.keyboard.type(typed)
            if field.input_value() == day:
                return
            field.evaluate("element => element.blur()")
        raise AssertionError(f"{day} cannot be typed")


HANDS = {"mouse": Mouse, "keyboard": Keyboard}
