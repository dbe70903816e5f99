"""The web server (waitress), with what its limits per address need: who is connected, what is held, whose turn it is.

Numbers are in `common.limits.of_the_site`. Behind a proxy of ours every connection is the proxy's, which bounds them itself
(docs/operation.md); requests are counted by the address that it tells.
"""

from common.serving.server import create

__all__ = ["create"]
