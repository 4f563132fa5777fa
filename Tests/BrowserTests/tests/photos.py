"""Photos go with a report and an answer, with and without script, and are seen by those who may."""

import re
import struct
import zlib

from harness.browser import Browser, View, expect_nothing
from harness.people import DISPATCHER
from harness.suite import test


def png(width: int, height: int, shade: int) -> bytes:
    """A picture made here: stripes, so that it can be told from an empty one on the screenshot."""
    rows = b"".join(
        b"\0" + b"".join(bytes(((x // 8 * 24 + shade) % 256, y % 256, shade)) for x in range(width)) for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def photo(shade: int) -> dict:
    return {"name": f"IMG_{shade}.png", "mimeType": "image/png", "buffer": png(320, 240, shade)}


def shown(page) -> list[int]:
    """The widths of the pictures that the browser could show."""
    page.locator(".photo img").first.scroll_into_view_if_needed()
    page.wait_for_function("[...document.querySelectorAll('.photo img')].every(i => i.complete)")
    return page.evaluate("[...document.querySelectorAll('.photo img')].map(i => i.naturalWidth)")


def report(browser: Browser, view: View, script: bool, words: str) -> list[str]:
    page = browser.page(view, script=script)
    page.goto("/report")
    page.fill("[name=text]", words)
    page.select_option("[name=area]", index=1)
    page.set_input_files("#photos", [photo(40), photo(160)])
    page.locator("form[action='/report'] button[type=submit]:not([name])").click()
    page.wait_for_url(re.compile("/report/done/"))
    page.locator("main a.btn-go").click()
    page.wait_for_url(re.compile("/follow/"))
    wrong = []
    if script:
        widths = shown(page)
        wrong += browser.look(page, f"photos-story-{view}")
        if widths != [320, 320]:
            wrong.append(f"the story shows pictures of the widths {widths}")
    elif page.locator(".photo img").count() != 2:
        wrong.append("the story does not show two pictures")
    browser.close(page)
    return wrong


@test("a resident sends photos on a phone and sees them in the story")
def phone(browser: Browser) -> None:
    expect_nothing(report(browser, View(), True, "照片旅程：楼道堆了杂物，走不过去。"))


@test("photos are sent and shown without script too")
def without_script(browser: Browser) -> None:
    expect_nothing(report(browser, View("en"), False, "Photo journey without script: the lamp is dark."))


@test("what is no photo is told at the field, and the words are kept")
def refused(browser: Browser) -> None:
    page = browser.page(View())
    page.goto("/report")
    page.fill("[name=text]", "路灯不亮，附一张不是照片的照片。")
    page.select_option("[name=area]", index=1)
    page.set_input_files("#photos", [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"GIF89a not a photo"}])
    page.locator("form[action='/report'] button[type=submit]:not([name])").click()
    page.wait_for_selector("#photos-wrong")
    wrong = browser.look(page, "photos-refused")
    if page.input_value("[name=text]") != "路灯不亮，附一张不是照片的照片。":
        wrong.append("the words are gone")
    browser.close(page)
    expect_nothing(wrong)


@test("the console shows the photos of a report")
def console(browser: Browser) -> None:
    words = "控制台照片旅程：井盖响，车过就响。"
    wrong = report(browser, View(), True, words)
    page = browser.page(View(width=1440), DISPATCHER)
    for _ in range(20):
        page.goto("/work/console?queue=accept")
        job = page.locator("[data-queue] a.job", has_text=words[:8])
        if job.count():
            break
        page.wait_for_timeout(300)
    page.locator("[data-queue] a.job", has_text=words[:8]).first.click()
    page.wait_for_selector(".photo img")
    widths = shown(page)
    wrong += browser.look(page, "photos-console")
    browser.close(page)
    if widths != [320, 320]:
        wrong.append(f"the console shows pictures of the widths {widths}")
    expect_nothing(wrong)
