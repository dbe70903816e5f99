"""Mail to a real SMTP server: the password goes through TLS or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.drills.house import House, free_port
from tests.drills.tls import Authority

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
PASSWORD = "po-ni-xia-wu-3"


class MailServer:
    """Keeps what it was sent: mails, and passwords whether they were right or not."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.passwords: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope.content.decode())
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.passwords.append(data.password.decode())
        return AuthResult(success=data.password.decode() == PASSWORD)


@contextmanager
def listening(**kwargs: Any) -> Iterator[tuple[MailServer, int]]:
    server, port = MailServer(), free_port()
    controller = Controller(
        server, hostname="localhost", port=port, authenticator=server.authenticate, auth_required=True, **kwargs
    )
    controller.start()
    try:
        yield server, port
    finally:
        controller.stop()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def send(scheme: str, port: int, var: Path, **env: str) -> None:
    house = House(var, EMAIL_URL=f"{scheme}://hongchuang:{PASSWORD}@localhost:{port}", **env)
    house.manage("sendtestemail", "admin@example.org")


def test_mail_goes_out_by_starttls_where_the_server_demands_it(tmp_path, authority):
    with listening(tls_context=authority.server_context(), require_starttls=True) as (server, port):
        send("smtp+tls", port, tmp_path, SSL_CERT_FILE=str(authority.pem))
    assert server.passwords == [PASSWORD]
    assert len(server.mails) == 1 and "admin@example.org" in server.mails[0]


def test_mail_goes_out_by_tls_from_the_first_byte(tmp_path, authority):
    # aiosmtpd counts only STARTTLS as TLS, hence auth_require_tls; the whole connection is inside it.
    with listening(ssl_context=authority.server_context(), auth_require_tls=False) as (server, port):
        send("smtp+ssl", port, tmp_path, SSL_CERT_FILE=str(authority.pem))
    assert server.passwords == [PASSWORD] and len(server.mails) == 1


def test_a_server_that_offers_no_starttls_is_sent_no_password(tmp_path):
    with (
        listening(auth_require_tls=False) as (server, port),
        pytest.raises(AssertionError, match="STARTTLS extension not supported"),
    ):
        send("smtp+tls", port, tmp_path)
    assert (server.passwords, server.mails) == ([], [])


def test_a_server_with_a_certificate_of_somebody_else_is_sent_no_password(tmp_path, authority):
    with (
        listening(tls_context=authority.server_context("elsewhere.example"), require_starttls=True) as (server, port),
        pytest.raises(AssertionError, match="certificate verify failed"),
    ):
        send("smtp+tls", port, tmp_path, SSL_CERT_FILE=str(authority.pem))
    assert (server.passwords, server.mails) == ([], [])


def test_a_password_without_tls_is_refused_with_a_sentence(tmp_path):
    with (
        listening(auth_require_tls=False) as (server, port),
        pytest.raises(AssertionError, match="would send in clear"),
    ):
        send("smtp", port, tmp_path)
    assert (server.passwords, server.mails) == ([], [])
