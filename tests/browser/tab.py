"""One tab of the browser for many tests: a page is loaded once, and then changes its size, colours and medium."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

#: The scheme that Material gives the page's body in each.
SCHEMES = {"light": "default", "dark": "slate"}
#: As every test begins, in pixels of CSS.
DESK = (1440, 900)


@dataclass(frozen=True)
class Tab:
    """A page that runs its scripts. `noise` is what it has complained about, and asked of other hosts, since it was loaded."""

    page: Page
    host: str
    noise: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self.page.on("console", lambda said: self._note(said.text, said.type in {"error", "warning"}))
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("response", lambda answer: self._note(f"{answer.status} {answer.url}", answer.status >= 400))
        self.page.on("request", lambda request: self._note(f"asks {request.url}", not self._is_here(request.url)))

    def show(self, address: str) -> None:
        """Show a page as it is on a desk in light: loaded, or if it is open already, as it was when it was loaded."""
        self.page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        self.resize(*DESK)
        if self.page.url == self.host + address:
            self.page.evaluate(RESTORE)
            self.wear("light")
        else:
            self.page.evaluate("() => location.protocol === 'about:' || localStorage.clear()")
            self.noise.clear()
            self.page.goto(self.host + address)
            self.page.evaluate(REMEMBER)

    def resize(self, width: int, height: int = 800) -> None:
        """Give the window this size, in pixels of CSS."""
        self.page.set_viewport_size({"width": width, "height": height})

    def wear(self, scheme: str) -> None:
        """Switch between light and dark, as readers do in the header."""
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if self.page.get_attribute("body", "data-md-color-scheme") != SCHEMES[scheme]:
            option = f"input[name=__palette][data-md-color-scheme={SCHEMES[scheme]}]"
            self.page.locator(option).evaluate("option => option.click()")
            self.page.wait_for_selector(f"body[data-md-color-scheme={SCHEMES[scheme]}]")

    def _note(self, what: str, is_wrong: bool = True) -> None:
        if is_wrong:
            self.noise.append(what)

    def _is_here(self, url: str) -> bool:
        """Return whether an address is of the site, or no address of the web at all."""
        return url.startswith((self.host, "data:", "blob:"))


REMEMBER = "() => { window.asLoaded = document.querySelector('article').cloneNode(true) }"

RESTORE = """() => {
    document.querySelector("article").replaceWith(window.asLoaded.cloneNode(true))
    document.documentElement.removeAttribute("dir")
    document.documentElement.removeAttribute("style")
    document.body.dir = "ltr"
}"""
