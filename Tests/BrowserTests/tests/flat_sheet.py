"""The flat style sheet for older WebViews looks like the layered source it is made from."""

import pathlib
import re

from harness.browser import Browser, View, expect_nothing
from harness.suite import test

from .pages import PAGES

PUBLIC = pathlib.Path(__file__).resolve().parents[3] / "Public"

# Both sheets are put in place of the linked one; adopted sheets are allowed under the content security policy.
COMPARE = """async ([layered, flat]) => {
  for (const sheet of document.styleSheets) sheet.disabled = true;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const seen = [...document.querySelectorAll("body, body *")];
  const look = css => {
    sheet.replaceSync(css);
    return seen.map(e => [null, "::before", "::after"].map(part => {
      const style = getComputedStyle(e, part);
      if (part && style.content === "none" || getComputedStyle(e).display === "none") return "";
      return [...style].filter(k => !k.startsWith("--")).map(k => k + ": " + style.getPropertyValue(k)).join("\\n");
    }));
  };
  const a = look(layered), b = look(flat), found = new Set();
  a.forEach((parts, i) => parts.forEach((text, j) => {
    if (text === b[i][j]) return;
    const other = new Set(b[i][j].split("\\n"));
    const name = seen[i].tagName.toLowerCase() + "." + (seen[i].getAttribute("class") || "");
    found.add(name + " " + text.split("\\n").filter(line => !other.has(line)).slice(0, 3).join("; "));
  }));
  return [...found];
}"""


def layered() -> str:
    own = re.sub(r'@import url\("[^"]+"\);', "", (PUBLIC / "linli.css").read_text("utf-8"))
    return (PUBLIC / "tokens.css").read_text("utf-8") + own


@test("the flat style sheet gives every element the style of its source")
def flat_sheet(browser: Browser) -> None:
    flat = next((PUBLIC / "build").glob("linli.*.css")).read_text("utf-8")
    wrong = []
    for view in (View(width=390), View(theme="dark", width=1440)):
        for name, account, path in PAGES(browser):
            page = browser.page(view, account)
            page.goto(path)
            wrong += [f"{name} {view}: {difference}" for difference in page.evaluate(COMPARE, [layered(), flat])]
            browser.close(page)
    expect_nothing(wrong)
