"""The browsers in which visits happen: new ones, as a newcomer comes, or kept ones, since a new one costs work."""

from collections.abc import Callable
from contextlib import ExitStack

from playwright.sync_api import Browser, BrowserContext, Page, StorageState
from tests.browser.checks import LISTEN_FOR_VIOLATIONS

SLOWEST_MS = 10_000
Whose = tuple[str, bool]  # the person (nobody: a visitor), and whether scripts run


class Browsers:
    """Contexts (each with its own cookies) of one Chromium, and pages in them."""

    def __init__(self, chromium: Browser, signed_in: Callable[[str], StorageState]) -> None:
        self._chromium, self._signed_in = chromium, signed_in
        self._kept: dict[Whose, BrowserContext] = {}
        self._pages: dict[Whose, Page] = {}

    def page_for(
        self, stack: ExitStack, *, person: str = "", scripts: bool = True, again: bool = False, same_page: bool = False
    ) -> Page:
        """A page for the person that closes with the stack; of `same_page` always the one, which stays."""
        whose = (person, scripts)
        if same_page:
            if whose not in self._pages:
                self._pages[whose] = self._kept_context(whose).new_page()
            return self._pages[whose]
        context = self._kept_context(whose) if again else stack.enter_context(self._new_context(whose))
        page = context.new_page()
        stack.callback(page.close)
        return page

    def _kept_context(self, whose: Whose) -> BrowserContext:
        if whose not in self._kept:
            self._kept[whose] = self._new_context(whose)
        return self._kept[whose]

    def _new_context(self, whose: Whose) -> BrowserContext:
        person, scripts = whose
        context = self._chromium.new_context(
            java_script_enabled=scripts,
            storage_state=self._signed_in(person) if person else None,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SLOWEST_MS)
        context.add_init_script(LISTEN_FOR_VIOLATIONS)
        return context
