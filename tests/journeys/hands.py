"""Two ways to work on a page: with the mouse, and with the keyboard alone."""

from typing import Any, Protocol

MOST_TABS = 250
HAS_FOCUS = "element => document.activeElement === element"


class Hands(Protocol):
    page: Any

    def press(self, what: Any) -> None:
        """A link, a button, a summary, a tick box."""

    def write(self, name: str, text: str) -> None:
        """Into the field of this name, instead of what stands there."""


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
        self._reach(self.page.locator(f"main [name={name}]").first)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)


HANDS = {"mouse": Mouse, "keyboard": Keyboard}
