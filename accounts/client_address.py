"""What a request says of who sends it: the address to count by, and the address of the site that was used."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOME_NETWORK = 64  # bits of an IPv6 address that one household or office has to itself


def address_of(request: HttpRequest) -> str:
    """The client's address; "" where there is none (a socket file).

    X-Forwarded-For counts only behind TRUSTED_PROXIES proxies of ours, and only what they wrote: the client itself may
    put anything in front.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            address = hops[-settings.TRUSTED_PROXIES]
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network((known, HOME_NETWORK), strict=False).network_address)
    return str(known)


def site_of(request: HttpRequest) -> str:
    """https://… without a slash at the end, for links in mails. ALLOWED_HOSTS guards the header that it comes from."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
