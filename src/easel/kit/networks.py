"""Which IP addresses are public, and which are in a network that the operator trusts."""

import ipaddress
from collections.abc import Sequence

from easel.kit.resolve import IpAddress

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

# IANA's registries; what `ipaddress` counts as global differs between Python's releases.
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
SPECIAL = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv6Network("3fff::/20"))


def is_allowed(address: IpAddress, trusted: Sequence[IpNetwork]) -> bool:
    """Whether an address is public, or in a trusted network. IPv4 inside IPv6 is unwrapped first."""
    if is_trusted(address, trusted):
        return True
    address = _unwrapped(address)
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    special = any(address in network for network in SPECIAL)
    return address.is_global and not address.is_multicast and not special


def is_trusted(address: IpAddress, trusted: Sequence[IpNetwork]) -> bool:
    """Whether an address is in a trusted network. IPv4 inside IPv6 is unwrapped first."""
    return any(_unwrapped(address) in network for network in trusted)


def _unwrapped(address: IpAddress) -> IpAddress:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
