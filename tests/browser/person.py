"""Somebody before a browser: reads pages, fills forms, presses buttons; nothing else."""

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PASSWORD = "amber lantern on the quiet pier"
GIVEN = "the password that was handed over"


class Person:
    """One person, one browser."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        self.email = email

    def log_in(self, password: str = PASSWORD) -> None:
        """Come in through the front door, in English."""
        self.page.goto("/")
        if self.page.locator("html").get_attribute("lang") != "en":
            self.press("English")
        self.fill(email=self.email, password=password)
        self.press("Log in", "main")

    def go(self, address: str) -> None:
        """Type an address."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"

    def follow(self, text: str, inside: str = "body") -> None:
        """Click the link of this name."""
        self.page.locator(inside).get_by_role("link", name=text, exact=True).first.click()
        self.page.wait_for_load_state()

    def press(self, text: str, inside: str = "body") -> None:
        """Press the button of this name; what is folded away is unfolded first, as a person would."""
        button = self._button(text, inside).first
        self._unfold(button)
        button.click()
        self.page.wait_for_load_state()

    def offers(self, text: str) -> bool:
        """Whether the page has a button of this name."""
        return self._button(text, "main").count() > 0

    def _button(self, text: str, inside: str) -> Locator:
        return self.page.locator(inside).locator("button", has_text=_whole(text))

    def _unfold(self, thing: Locator) -> None:
        folded = thing.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("summary").first.click()

    def fill(self, form: str = "main form >> nth=0", /, **values: str | list[str] | Path | bool) -> None:
        """Fill the named fields of a form: text, a choice, boxes to tick, or a file."""
        for name, value in values.items():
            field = self.page.locator(form).locator(f"[name={name}]")
            self._unfold(field.first)
            self._set(field, value)

    def _set(self, field: Locator, value: str | list[str] | Path | bool) -> None:
        if isinstance(value, list):
            for each in value:
                field.and_(self.page.locator(f"[value='{each}']")).check()
        elif isinstance(value, Path):
            field.first.set_input_files(value)
        elif isinstance(value, bool):
            field.first.set_checked(value)
        elif field.first.get_attribute("type") == "radio":
            field.and_(self.page.locator(f"[value='{value}']")).check()
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.first.select_option(value)
        else:
            field.first.fill(value)

    def act(self, label: str, **values: str | Path) -> None:
        """Do what a fold of a page's list of actions holds."""
        fold = self.page.locator("details.do", has=self.page.locator("summary", has_text=_whole(label))).first
        self._unfold(fold.locator("form button").last)
        for name, value in values.items():
            self._set(fold.locator(f"[name={name}]"), value)
        fold.locator("form button").last.click()
        self.page.wait_for_load_state()

    def sees(self, *texts: str) -> None:
        """Hold that the page shows each of these."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text, ignore_case=True)

    def waits_for(self, text: str, seconds: float = 300) -> None:
        """Look at the page again until it shows this."""
        deadline = time.monotonic() + seconds
        while text.lower() not in self.page.locator("main").inner_text().lower():
            assert time.monotonic() < deadline, f"{self.page.url} never said {text!r}"
            time.sleep(0.3)
            self.page.reload()

    def downloads(self, text: str, into: Path) -> None:
        """Save what a link hands out."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=text, exact=True).first.click()
        waiting.value.save_as(into)

    def saves(self, text: str, into: Path) -> str:
        """Download what a link hands out; its text."""
        self.downloads(text, into)
        return into.read_text(encoding="utf-8-sig")

    def overflows(self) -> list[str]:
        """What reaches out of the window, or out of the sheet that it stands on."""
        found: list[str] = self.page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.rows, .drawn')]"
            ".filter(each => each.scrollWidth > each.clientWidth + 1)"
            ".map(each => `${each.className || 'page'} ${each.innerText.slice(0, 60)}`)"
        )
        return found

    @property
    def where(self) -> str:
        """The path of the present page."""
        return "/" + self.page.url.split("/", 3)[3]


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(f"^\\s*{re.escape(text)}\\s*$", re.IGNORECASE)
