"""Every page, looked at in both languages, both themes and two widths."""

from harness.browser import VIEWS, Browser, View, expect_nothing
from harness.people import ADMINISTRATOR, AUDITOR, CHECKER, DISPATCHER, HANDLER, READER, SECURITY
from harness.suite import test


def PAGES(browser: Browser) -> list[tuple[str, str | None, str]]:
    """Name, who looks, address. A page with something chosen is found by its first link."""
    return [
        ("home", None, "/"),
        ("report", None, "/report"),
        ("follow", None, "/follow"),
        ("signin", None, "/signin"),
        ("docs", None, "/docs"),
        ("docs-problems", None, "/docs/problems"),
        ("missing", None, "/no-such-page"),
        ("follow-unknown", None, "/follow/123456789012"),
        ("work-signed-out", None, "/work"),
        ("work", DISPATCHER, "/work"),
        ("console-accept", DISPATCHER, "/work/console?queue=accept"),
        ("console-dispatch", DISPATCHER, first(browser, DISPATCHER, "/work/console?queue=dispatch")),
        ("console-check", CHECKER, first(browser, CHECKER, "/work/console?queue=check")),
        ("console-close", DISPATCHER, first(browser, DISPATCHER, "/work/console?queue=close")),
        ("desk", HANDLER, first(browser, HANDLER, "/work/desk")),
        ("search", DISPATCHER, "/work/search?q=路灯"),
        ("search-nothing", DISPATCHER, "/work/search?q=zzzz"),
        ("work-reader", READER, "/work"),
        ("console-reader", READER, "/work/console"),
        ("work-administrator", ADMINISTRATOR, "/work"),
        ("console-no-right", ADMINISTRATOR, "/work/console"),
        ("own-account", DISPATCHER, "/me"),
        ("accounts", ADMINISTRATOR, "/admin/accounts?login=dispatcher"),
        ("accounts-unknown", ADMINISTRATOR, "/admin/accounts?login=nobody"),
        ("security", SECURITY, "/admin/security"),
        ("audit", AUDITOR, "/admin/audit"),
        ("audit-refused", AUDITOR, "/admin/audit?thing=x"),
        ("disclosure", DISPATCHER, disclosure(browser)),
    ]


def first(browser: Browser, account: str, path: str) -> str:
    """The address of the first thing in the list there, or the list itself when it is empty."""
    page = browser.page(View(width=1440), account)
    page.goto(path)
    jobs = page.locator("[data-queue] a")
    found = jobs.first.get_attribute("href") if jobs.count() else path
    browser.close(page)
    return found


def disclosure(browser: Browser) -> str:
    """The page that asks what a sender's words are opened for."""
    page = browser.page(View(width=1440), DISPATCHER)
    page.goto("/work/console?queue=accept")
    page.locator("[data-queue] a").first.click()
    page.wait_for_load_state()
    found = page.locator("a[href$='/disclosure']").first.get_attribute("href")
    browser.close(page)
    return found


@test("every page is clean in both languages, both themes and two widths")
def every_page(browser: Browser) -> None:
    pages = PAGES(browser)
    wrong = []
    for view in VIEWS:
        # One window a person: opening a new one for each page costs more than the page.
        windows = {}
        for name, account, path in pages:
            page = windows.get(account) or windows.setdefault(account, browser.page(view, account))
            page.goto(path)
            language = page.get_attribute("html", "lang")
            if language != view.language:
                wrong.append(f"{name} {view}: the page says it is {language}")
            wrong += browser.look(page, f"{name}-{view}")
        for page in windows.values():
            browser.close(page)
    expect_nothing(wrong)


@test("elder mode keeps its promises on every resident page, at each text size")
def elder(browser: Browser) -> None:
    wrong = []
    for name, _, path in [page for page in PAGES(browser) if page[1] is None]:
        for size in (1, 3):
            page = browser.page(View(), elder=size)
            page.goto(path)
            if page.get_attribute("html", "data-shell") != "resident":
                browser.close(page)
                continue
            wrong += browser.look(page, f"elder{size}-{name}")
            small = page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility()
                && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 18)
                .map(e => e.outerHTML.slice(0, 120))""")
            wrong += [f"elder{size}-{name}: smaller than 18 px: {element}" for element in small]
            browser.close(page)
    expect_nothing(wrong)


@test("a refused form says what is missing, keeps what was typed and takes the focus")
def refused_form(browser: Browser) -> None:
    wrong = []
    for view in (View(), View("en", "dark", 1440)):
        page = browser.page(view)
        page.goto("/report")
        page.fill("[name=place]", "6-2 <b>&")
        page.evaluate("document.querySelectorAll('form').forEach(f => { f.noValidate = true; })")
        page.locator("form[action='/report'] button[type=submit]:not([name])").click()
        page.wait_for_selector("[role=alert]")
        if not page.evaluate("document.activeElement?.getAttribute('role') === 'alert'"):
            wrong.append(f"{view}: the error summary does not have the focus")
        if page.input_value("[name=place]") != "6-2 <b>&":
            wrong.append(f"{view}: what was typed is gone: {page.input_value('[name=place]')}")
        if not page.locator("[aria-invalid=true]").count():
            wrong.append(f"{view}: no field says that it is wrong")
        wrong += browser.look(page, f"refused-{view}")
        browser.close(page)
    expect_nothing(wrong)


@test("a wrong password says so, and does not say whether the account exists")
def wrong_password(browser: Browser) -> None:
    said = []
    wrong = []
    for login in (DISPATCHER, "nobody-of-this-name"):
        page = browser.page()
        page.goto("/signin")
        page.fill("input[name=login]", login)
        page.fill("input[type=password]", "not the password")
        page.click("form[action='/signin'] button.btn-go")
        page.wait_for_selector("[role=alert]")
        said.append(page.locator("[role=alert]").inner_text())
        wrong += browser.look(page, f"wrong-password-{login}")
        browser.close(page)
    if said[0] != said[1]:
        wrong.append(f"the answers differ: {said}")
    expect_nothing(wrong)


@test("theme, language and elder mode are remembered")
def preferences(browser: Browser) -> None:
    page = browser.chromium.new_context(base_url=browser.server.url, locale="zh-CN").new_page()
    page.goto("/follow")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    page.locator("button[name=language]").click()
    page.wait_for_selector("html[lang=en]")
    page.locator("button[name=theme][value=dark]").click()
    page.wait_for_selector("html[data-theme]")
    page.locator("button[name=elder]").click()
    page.wait_for_selector("html[data-mode=elder]")
    page.goto("/")
    kept = [page.get_attribute("html", name) for name in ("lang", "data-mode")]
    page.context.close()
    assert kept == ["en", "elder"], kept
