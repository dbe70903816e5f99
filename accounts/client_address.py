"""What a request says of who sends it: the address to count by, and the address of the site that was used."""

from django.conf import settings
from django.http import HttpRequest

from common.client_address import client_address


def address_of(request: HttpRequest) -> str:
    """The client's address; "" where there is none (a socket file)."""
    return client_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def site_of(request: HttpRequest) -> str:
    """https://… without a slash at the end, for links in mails. ALLOWED_HOSTS guards the header that it comes from."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
