"""Failures that are about a host's name, and tell nothing of the server that its sisters are on."""

from __future__ import annotations

from scrapy.exceptions import CannotResolveHostError

# What exceptions of pyOpenSSL and service_identity have in their texts, however Twisted and Scrapy wrap them.
_OF_TLS = ("SSL", "TLS", "VerificationError", "DNSMismatch", "IPAddressMismatch")


def is_of_name(error: BaseException) -> bool:
    """Whether the name does not resolve, or nobody vouches for who answers to it."""
    return isinstance(error, CannotResolveHostError) or is_of_tls(error)


def is_of_tls(error: BaseException) -> bool:
    """Whether a connection failed by its certificate or encryption."""
    told = f"{type(error).__name__}: {error} {error.args!r} {error.__cause__!r}"
    return "certificate" in told.lower() or any(word in told for word in _OF_TLS)
