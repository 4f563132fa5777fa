"""Everything a resident must be able to do works without script."""

import re

from harness.browser import Browser, View, expect_nothing
from harness.people import DISPATCHER
from harness.suite import test


@test("without script a resident reports, sees what is missing, and follows the case")
def resident(browser: Browser) -> None:
    page = browser.page(View(), script=False)
    page.goto("/")
    page.click("a.ask")
    page.fill("[name=text]", "楼道灯不亮")
    page.select_option("[name=area]", index=1)
    page.locator("form[action='/report'] button[type=submit]:not([name])").click()
    page.wait_for_url(re.compile("/report/done/"))
    page.locator("main a.btn-go").click()
    page.wait_for_url(re.compile("/follow/"))
    page.screenshot(path=browser.shots / "without-script-story.png", full_page=True)
    text = page.locator("main").inner_text()
    browser.close(page)
    expect_nothing([] if "⟦" not in text else [f"a key without a text: {text}"])


@test("without script the console and signing in work, and no dead button is shown")
def staff(browser: Browser) -> None:
    page = browser.page(View(width=1440), script=False)
    browser.sign_in(page, DISPATCHER)
    page.goto("/work/console?queue=accept")
    dead = page.locator("[data-print]:visible, [data-locate]:visible").count()
    page.screenshot(path=browser.shots / "without-script-console.png", full_page=True)
    browser.close(page)
    assert dead == 0, f"{dead} buttons that only script could serve are shown"
