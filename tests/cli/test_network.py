"""Which of a machine's addresses phones most likely reach."""

from __future__ import annotations

import ifaddr
import pytest

from audit.cli import network


def test_a_hotspot_comes_before_a_network_and_what_leads_to_no_room_comes_last() -> None:
    found = [
        ("lo lo", "127.0.0.1"),
        ("docker0 docker0", "172.17.0.1"),
        ("eth1 eth1", "169.254.7.8"),
        ("tun0 tun0", "10.8.0.2"),
        ("eth0 eth0", "81.2.69.142"),
        ("wlan0 wlan0", "192.168.1.20"),
        ("wlan1 wlan1", "10.42.0.1"),
    ]
    assert network.ranked(found)[:2] == ("10.42.0.1", "192.168.1.20")
    assert set(network.ranked(found)[-2:]) == {"172.17.0.1", "10.8.0.2"}
    assert not {"127.0.0.1", "169.254.7.8"} & set(network.ranked(found))


def test_a_private_network_comes_before_a_public_address() -> None:
    assert network.ranked([("eth0", "81.2.69.142"), ("wlan0", "192.168.1.20")]) == ("192.168.1.20", "81.2.69.142")


@pytest.mark.parametrize(
    ("names", "address"),
    [
        ("{A1B2} Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"),
        ("ap0 ap0", "10.42.0.1"),
        ("bridge100 bridge100", "192.168.2.1"),
        ("en0 en0", "172.20.10.2"),
    ],
)
def test_hotspots_of_each_system_come_first(names: str, address: str) -> None:
    others = [("Ethernet", "192.168.1.20"), ("{C3} Hyper-V Virtual Ethernet Adapter", "172.25.96.1")]
    assert network.ranked([*others, (names, address)])[0] == address


@pytest.mark.parametrize(
    "names",
    [
        "br-1f2e3d br-1f2e3d",
        "virbr0 virbr0",
        "utun3 utun3",
        "{D4} VirtualBox Host-Only Ethernet Adapter",
        "{D4} Hyper-V Virtual Ethernet Adapter",
        "{D4} Cisco AnyConnect Virtual Miniport Adapter for Windows x64",
        "{D4} PANGP Virtual Ethernet Adapter",
        "{D4} Check Point Virtual Network Adapter",
    ],
)
def test_virtual_machines_and_tunnels_come_last(names: str) -> None:
    found = [(names, "10.0.0.5"), ("{E5} Intel(R) Wi-Fi 6 AX201 160MHz", "192.168.1.20")]
    assert network.ranked(found) == ("192.168.1.20", "10.0.0.5")


def test_an_address_on_two_adapters_is_given_once() -> None:
    assert network.ranked([("eth0", "10.0.0.5"), ("eth0:1", "10.0.0.5")]) == ("10.0.0.5",)


def test_adapters_are_read_and_a_fault_means_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    ips = [ifaddr.IP("192.168.1.20", 24, "Wi-Fi"), ifaddr.IP(("fd00::2", 0, 0), 64, "Wi-Fi")]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [ifaddr.Adapter("wlan0", "Wi-Fi", ips)])
    assert network.addresses() == ("192.168.1.20",)

    def broken() -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(ifaddr, "get_adapters", broken)
    assert network.addresses() == ()
