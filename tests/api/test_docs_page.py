"""The docs page in a real browser that may reach nobody but this server."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed, and in CI there must be one")
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser.new_page(viewport={"width": 1280, "height": 1600})
        browser.close()


def test_try_it_out_answers_without_the_internet(server: str, browser_page: Page) -> None:
    page, foreign = browser_page, list[str]()

    def only_here(route: Route) -> None:
        if route.request.url.startswith((server, "data:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    errors = list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", only_here)
    page.goto(f"{server}/docs")

    operations = page.locator(".opblock")
    expect(operations).to_have_count(18)
    claims = page.locator("#operations-claims-list_claims")
    claims.locator(".opblock-summary").click()
    claims.get_by_role("button", name="Try it out").click()
    claims.get_by_role("button", name="Execute").click()
    answer = claims.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer.locator(".response-col_description")).to_contain_text('"items"')
    expect(answer.locator(".response-col_description")).to_contain_text("All is fine")
    if folder := os.environ.get("REPORTEDLY_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/docs.png", full_page=True)

    assert foreign == []
    assert errors == []
