"""Coming in: a stranger is asked who they are, a member finds home, and both doors hold nothing against anybody."""

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_stranger_is_asked_to_sign_in(new_page, url, axe, scheme):
    page = new_page(color_scheme=scheme)
    page.goto(url)
    assert "/accounts/login/" in page.url
    axe(page)


@pytest.mark.parametrize("role", ["member", "leader", "administrator"])
def test_whoever_works_here_signs_in_and_finds_home(page_for, role, axe):
    page = page_for(role)
    page.locator("main h1").wait_for()
    axe(page)


def test_a_wrong_password_is_said_in_words_and_keeps_the_address(new_page, heard):
    email, _password = heard.people["member"]
    page = new_page()
    page.goto(f"{heard.url}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill("not the password")
    page.locator("input[name=password]").press("Enter")
    page.get_by_text("do not belong together").wait_for()
    assert page.locator("input[name=login]").input_value() == email


def test_the_whole_way_in_works_without_script(new_page, heard):
    email, password = heard.people["member"]
    page = new_page(java_script_enabled=False)
    page.goto(heard.url)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.locator("main h1").wait_for()
