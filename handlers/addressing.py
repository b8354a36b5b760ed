"""Addresses as their own person reads them."""

from handlers.exchange import Exchange
from handlers.switching import CHANNELS
from storage.people import Address


def named(channel: str) -> str:
    """A channel as people call it."""
    return CHANNELS.get(channel, channel)


def described(ex: Exchange, address: Address) -> str:
    """An address for its own person; one that is only claimed may be a stranger's and is not written out."""
    if address.id == ex.speaker.address_id:
        return f"{named(address.channel)}, where you are now"
    if address.channel == "email":
        return masked(address.address) if address.state == "claimed" else address.address
    return f"{named(address.channel)} ({address.address})"


def titled(ex: Exchange, address: Address) -> str:
    """The same at the head of a line."""
    told = described(ex, address)
    return told if "@" in told else told[:1].upper() + told[1:]


def masked(email: str) -> str:
    """`a...@library.org`."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}...@{domain}"
