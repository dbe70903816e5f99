"""Whom a request or a connection is counted against."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

HOME_NETWORK = 64  # bits of an IPv6 address that one household or office has to itself


def client_address(peer: str, forwarded_for: str = "") -> str:
    """The client's address; "" where there is none (a socket file). `peer` is who is connected.

    X-Forwarded-For counts only behind TRUSTED_PROXIES proxies of ours, and only what they wrote: the client itself may
    put anything in front.
    """
    address = peer
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
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


def is_proxy(peer: str) -> bool:
    """Whether who is connected is a proxy of ours, whose word is believed and behind whom everybody is."""
    return bool(settings.TRUSTED_PROXIES) and settings.PROXY_ADDRESS in ("", peer)
