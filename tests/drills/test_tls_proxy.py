"""The site behind a proxy that speaks TLS, with the switches of docs/operation.md: people log in and forms work."""

import http.client
import http.cookiejar
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest

from tests.drills.house import ROOT, House, Template, free_port, get
from tests.drills.tls import Authority, tls_proxy
from tests.waiting import DEADLINE, wait_until

PASSWORD = "hua-qiang-wei-42"
PERSON = {"username": "shenqingren", "name": "申请人", "phone": "13800000001", "email": "", "consent": "on"}


class Browser:
    """Cookies, tokens and the Origin header, as a browser has them."""

    def __init__(self, site: str, authority: Authority) -> None:
        self.site = site
        self.cookies = http.cookiejar.CookieJar()
        self.opener = build_opener(
            HTTPSHandler(context=authority.client_context()), HTTPCookieProcessor(self.cookies), HTTPRedirectHandler()
        )

    def get(self, path: str, **headers: str):
        return self._open(Request(self.site + path, headers=headers))

    def post(self, path: str, **fields: str):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).read().decode())
        assert token, path
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._open(Request(self.site + path, body, {"Origin": self.site, "Referer": self.site + path}))

    def _open(self, request: Request):
        try:
            return self.opener.open(request, timeout=DEADLINE)
        except HTTPError as e:
            return e


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, template: Template):
    """A house behind its proxy, a browser before it, and the port behind."""
    var: Path = tmp_path_factory.mktemp("var")
    authority, port, behind = Authority(var), free_port(), free_port()
    site = f"https://localhost:{port}"
    house = House(var, SITE_URL=site, TRUSTED_PROXIES="1", **template.copy(var))
    house.serve(behind)
    with tls_proxy(authority, port, to=behind):
        yield Browser(site, authority), behind, house
    house.end()


def test_behind_a_tls_proxy_people_register_log_in_and_post_forms(walk):
    browser, __, __ = walk
    answer = browser.post("/register/", password=PASSWORD, again=PASSWORD, **PERSON)
    assert (answer.status, answer.url) == (200, f"{browser.site}/apply/")
    answer = browser.post("/me/account/", name="新名字", phone=PERSON["phone"], email="")
    assert answer.status == 200 and "新名字" in answer.read().decode()
    browser.cookies.clear()
    answer = browser.post("/login/", username=PERSON["username"], password=PASSWORD)
    assert (answer.status, answer.url) == (200, f"{browser.site}/apply/")
    assert {cookie.name: cookie.secure for cookie in browser.cookies} == {"sessionid": True, "csrftoken": True}


def test_browsers_are_told_to_come_by_https_only(walk):
    browser, behind, __ = walk
    told = browser.get("/login/").headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    plain = http.client.HTTPConnection("127.0.0.1", behind, timeout=DEADLINE)
    plain.request("GET", "/login/", headers={"Host": urllib.parse.urlsplit(browser.site).netloc})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"{browser.site}/login/")
    answer.read()
    # A watcher on the same machine asks past the proxy.
    wait_until(lambda: get(behind, "/healthz") == 200, "all parts work")


def test_a_form_of_another_site_is_refused(walk):
    browser, __, __ = walk
    browser.get("/login/")
    token = next(cookie.value for cookie in browser.cookies if cookie.name == "csrftoken")
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
    answer = browser._open(Request(f"{browser.site}/login/", body, {"Origin": "https://elsewhere.example"}))
    assert answer.status == 403


def test_the_check_of_a_deployment_is_silent_with_the_documented_switches(walk):
    __, __, house = walk
    env = {name: value for name, value in house.env.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # of our pytest
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_https_without_a_proxy_is_refused_with_a_sentence(tmp_path):
    house = House(tmp_path, SITE_URL="https://grants.example.org")
    with pytest.raises(AssertionError, match="set TRUSTED_PROXIES"):
        house.manage("check")


@pytest.mark.parametrize(("proxy", "secure"), [("127.0.0.1", True), ("192.0.2.7", False)])
def test_only_the_proxy_is_believed_that_a_request_came_by_https(tmp_path, template, proxy, secure):
    """Who reaches the port past the proxy says what he likes; `/login/` redirects whom it takes for unprotected."""
    port = free_port()
    house = House(
        tmp_path, SITE_URL="https://localhost", TRUSTED_PROXIES="1", PROXY_ADDRESS=proxy, **template.copy(tmp_path)
    )
    try:
        house.serve(port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        connection.request("GET", "/login/", headers={"X-Forwarded-Proto": "https"})
        assert connection.getresponse().status == (200 if secure else 301)
    finally:
        house.end()
