"""The addresses at which other devices reach this machine, found without asking the network."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network

import ifaddr

# Hotspots: what Windows, NetworkManager and macOS give to the machine that shares, and an iPhone to its guests.
_HOTSPOTS = tuple(
    IPv4Network(text) for text in ("192.168.137.0/24", "10.42.0.0/16", "192.168.2.1/32", "172.20.10.0/28")
)
# How the names of adapters begin or read that lead to no room: containers, virtual machines and private networks.
_ASIDE = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vmware",
    "vboxnet",
    "virtualbox",
    "vethernet",
    "hyper-v",
    "podman",
    "cni",
    "lxc",
    "lxd",
    "tun",
    "tap",
    "utun",
    "wg",
    "ppp",
    "zt",
    "tailscale",
    "vpn",
    "wireguard",
    "anyconnect",
    "globalprotect",
    "pangp",
    "fortinet",
    "zscaler",
    "check point",
)


def addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this machine, the one that phones most likely reach first; empty without a network."""
    try:
        adapters = list(ifaddr.get_adapters())
    except OSError:
        return ()
    return ranked((f"{each.name} {each.nice_name}", str(ip.ip)) for each in adapters for ip in each.ips if ip.is_IPv4)


def ranked(found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The addresses that can be reached from outside, the best first, from pairs of an adapter's names and an address.

    A hotspot comes first: whoever has switched one on means it. Then come private networks, then public addresses, and
    last what belongs to containers, virtual machines and private tunnels.
    """
    usable = [(names, IPv4Address(text)) for names, text in found]
    usable = [(names, ip) for names, ip in usable if not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)]
    ordered = sorted(usable, key=lambda pair: _rank(*pair))
    return tuple(dict.fromkeys(str(ip) for _, ip in ordered))


def _rank(names: str, ip: IPv4Address) -> int:
    if any(ip in network for network in _HOTSPOTS):
        return 0
    if _is_aside(names):
        return 3
    return 1 if ip.is_private else 2


def _is_aside(names: str) -> bool:
    lowered = names.lower()
    words = lowered.replace("(", " ").split()
    return any(word.startswith(part) for word in words for part in _ASIDE) or "check point" in lowered
