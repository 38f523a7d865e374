"""Somebody who has no mouse: every stop of the focus is looked at."""

from playwright.sync_api import Page

MOST_STOPS = 120
# What is wrong with the element that has the focus: not seen, under a bar, or unmarked.
SEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return 'nothing has the focus';
  const shown = here.matches('.seg input') ? here.labels[0] : here;
  const name = `${shown.tagName} ${shown.className} "${(shown.textContent || '').trim().slice(0, 40)}"`;
  const box = shown.getClientRects()[0];
  if (!box || !box.width || !box.height) return `${name} has no size`;
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right <= left || bottom <= top) return `${name} is outside the window`;
  const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!shown.contains(found)) return `${name} is under ${found?.tagName} ${found?.className}`;
  const marked = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const bar = here.closest('.db-palette-bar');
  const drawn = marked(getComputedStyle(shown)) || (bar && getComputedStyle(bar).boxShadow !== 'none');
  return drawn ? '' : `${name} does not show the focus`;
}"""
WORDS = "document.activeElement.textContent.trim()"


class Keys:
    """Press keys, one after the other; what has the focus must be seen each time."""

    def __init__(self, page: Page) -> None:
        """Sit down at a page."""
        self.page = page

    def look(self) -> None:
        """Say what is wrong with the focus, if anything is."""
        problem = self.page.evaluate(SEEN)
        assert not problem, f"{problem}, on {self.page.url}"

    def press(self, *keys: str) -> None:
        """Press these keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def at(self, selector: str) -> bool:
        """Tell whether the focus is there."""
        return bool(self.page.evaluate("one => document.activeElement.matches(one)", selector))

    def to(self, selector: str) -> None:
        """Go on with Tab until the focus is there."""
        self.page.locator(selector).first.wait_for(state="attached")
        for _ in range(MOST_STOPS):
            if self.at(selector):
                self.look()
                return
            self.page.keyboard.press("Tab")
            if not self.at("body"):
                self.look()
        raise AssertionError(f"Tab does not lead to {selector} on {self.page.url}")

    def write(self, selector: str, words: str) -> None:
        """Go to a field and write."""
        self.to(selector)
        self.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, name: str, value: str) -> None:
        """Go to a group of choices and move to one of them."""
        group = f"input[name='{name}']"
        self.to(group)
        for _ in range(self.page.locator(group).count()):
            if self.at(f"[value='{value}']"):
                break
            self.press("ArrowDown")
        self.press("Space")
        self.look()
        assert self.at(f"[value='{value}']:checked")

    def select(self, selector: str, words: str) -> None:
        """Go to a list and type the beginning of an entry."""
        self.to(selector)
        self.page.keyboard.type(words)

    def send(self, words: str) -> None:
        """Go to the button with these words and press Enter; wait for the next page."""
        self.to_button(words)
        with self.page.expect_navigation():
            self.press("Enter")

    def to_button(self, words: str) -> None:
        """Go on with Tab to the button or link with these words."""
        for _ in range(MOST_STOPS):
            if self.at("button, a") and self.page.evaluate(WORDS).startswith(words):
                self.look()
                return
            self.page.keyboard.press("Tab")
            if not self.at("body"):
                self.look()
        raise AssertionError(f"Tab does not lead to “{words}” on {self.page.url}")

    def confirm(self) -> None:
        """Say yes to the question that was asked by name."""
        self.page.locator("#confirm[open]").wait_for()
        self.to("[data-confirm-yes]")
        with self.page.expect_navigation():
            self.press("Enter")
