"""Pages as people see them: signed in or not, in a language, a theme and a width."""

import dataclasses
import pathlib
import re
import shutil

from playwright.sync_api import BrowserContext, Page, sync_playwright

from .server import Server

AXE = pathlib.Path(__file__).resolve().parents[3] / ".build-browser/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Tall: the sticky dock would otherwise be reported as covering targets.
# Table cells too narrow for two characters side by side: axe does not mind, readers do.
SQUEEZED = """() => [...document.querySelectorAll("td, th")].filter(cell => {
    const style = getComputedStyle(cell);
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return style.display === "table-cell" && cell.checkVisibility()
        && cell.innerText.trim().length > 3 && room < 2 * parseFloat(style.fontSize);
}).slice(0, 3).map(cell => cell.innerText.trim().slice(0, 40))"""
AXE_HEIGHT = 2600
WINDOW = {390: 844, 1440: 900}


@dataclasses.dataclass(frozen=True)
class View:
    language: str = "zh-Hans"
    theme: str = "light"
    width: int = 390

    def __str__(self) -> str:
        return f"{self.language.split('-')[0]}-{self.theme}-{self.width}"


VIEWS = [View(language, theme, width) for language in ("zh-Hans", "en") for theme in ("light", "dark") for width in (390, 1440)]


class Browser:
    def __init__(self, server: Server, shots: pathlib.Path):
        self.server = server
        self.shots = shots
        self.cookies: dict[str, list] = {}
        self.open_pages: list[Page] = []

    def __enter__(self) -> "Browser":
        self.playwright = sync_playwright().start()
        binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        assert binary, "no Chromium found; next step: apt-get install chromium"
        self.chromium = self.playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        return self

    def __exit__(self, *_) -> None:
        self.chromium.close()
        self.playwright.stop()

    def context(self, view: View = View(), account: str | None = None, script: bool = True, elder: int = 0) -> BrowserContext:
        context = self.chromium.new_context(
            viewport={"width": view.width, "height": WINDOW[view.width]}, java_script_enabled=script,
            color_scheme=view.theme, locale="en-GB" if view.language == "en" else "zh-CN", timezone_id="Asia/Shanghai",
            base_url=self.server.url)
        context.set_default_timeout(10_000)
        own = {"linli_lang": view.language, "linli_theme": view.theme}
        if elder:
            own["linli_elder"] = str(elder)
        context.add_cookies([{"name": name, "value": value, "url": self.server.url} for name, value in own.items()])
        if account:
            context.add_cookies(self.session(account))
        return context

    def session(self, account: str) -> list:
        """The cookies of a person who has signed in; each person signs in once a run."""
        if account not in self.cookies:
            context = self.context()
            page = context.new_page()
            self.sign_in(page, account)
            self.cookies[account] = [c for c in context.cookies() if c["name"] not in ("linli_lang", "linli_theme")]
            context.close()
        return self.cookies[account]

    def sign_in(self, page: Page, account: str) -> None:
        page.goto("/signin")
        page.fill("input[name=login]", account)
        page.fill("input[type=password]", self.server.accounts[account])
        page.click("form[action='/signin'] button.btn-go")
        page.wait_for_url(re.compile(r"/work|/admin"))

    def page(self, view: View = View(), account: str | None = None, script: bool = True, elder: int = 0) -> Page:
        """A page that notes what a person must never meet: script errors, refused content, broken files."""
        page = self.context(view, account, script, elder).new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(f"script: {error}"))
        page.on("console", lambda m: m.type == "error" and not re.search(r"status of 4\d\d", m.text) and page.complaints.append(m.text))
        page.on("response", lambda r: r.status >= 500 and page.complaints.append(f"{r.status} {r.url}"))
        page.on("response", lambda r: r.status >= 400 and "/static/" in r.url and page.complaints.append(f"{r.status} {r.url}"))
        # A page that is left takes its unfinished downloads with it: that is the browser's doing, not a broken file.
        page.on("requestfailed", lambda r: "/static/" in r.url and r.failure != "net::ERR_ABORTED"
                and page.complaints.append(f"not loaded ({r.failure}): {r.url}"))
        self.open_pages.append(page)
        return page

    def close(self, page: Page) -> None:
        self.open_pages.remove(page)
        page.context.close()

    def look(self, page: Page, name: str) -> list[str]:
        """Takes the picture, and says everything that is wrong with the page as it stands."""
        wrong = [*page.complaints]
        page.complaints.clear()
        size = page.viewport_size
        # As high as the page, so that what sticks to the window's edge does not stand in the middle of the picture.
        high = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(high, 6000))})
        page.screenshot(path=self.shots / f"{name}.png")
        page.set_viewport_size(size)
        text = page.locator("body").inner_text() + page.title()
        wrong += [f"no text for {key}" for key in sorted(set(re.findall(r"⟦[^⟧]*⟧", text + page.content())))]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            wrong.append(f"scrolls sideways by {wide} px")
        wrong += [f"squeezed to a character a line: {text}" for text in page.evaluate(SQUEEZED)]
        page.set_viewport_size({"width": size["width"], "height": AXE_HEIGHT})
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)
        page.set_viewport_size(size)
        for violation in found["violations"]:
            for node in violation["nodes"][:3]:
                wrong.append(f"axe {violation['id']}: {node['html'][:160]} — {node['failureSummary'].splitlines()[-1].strip()}")
        return [f"{name}: {line}" for line in wrong]

    def keep_evidence(self, name: str) -> None:
        """Pictures of what was open when a test failed."""
        for number, page in enumerate(self.open_pages):
            try:
                page.screenshot(path=self.shots / f"failed-{name}-{number}.png", full_page=True)
                (self.shots / f"failed-{name}-{number}.html").write_text(page.content(), "utf-8")
            finally:
                page.context.close()
        self.open_pages.clear()


def expect_nothing(wrong: list[str]) -> None:
    more = [f"… and {len(wrong) - 60} more"] if len(wrong) > 60 else []
    assert not wrong, "\n".join(wrong[:60] + more)
