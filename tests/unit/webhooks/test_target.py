import ipaddress
from typing import Any

import pytest

from easel.domain import Webhook
from easel.kit.networks import IpNetwork
from easel.kit.problems import Problems
from easel.webhooks.target import MAX_URL, read_webhook

HOME: list[IpNetwork] = [ipaddress.ip_network(network) for network in ("127.0.0.0/8", "10.1.0.0/16", "::1/128")]


def read(body: dict[str, Any], trusted: list[IpNetwork] | None = None) -> tuple[Webhook | None, dict[str, list[str]]]:
    problems = Problems()
    return read_webhook(body, trusted or [], problems), problems.details


def url_of_length(length: int) -> str:
    return "https://example.com/".ljust(length, "a")


def test_a_request_need_not_name_a_webhook() -> None:
    assert read({}) == (None, {})


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com/hooks/easel?team=1&x=%20#top",
        "https://example.com:8443/hook",
        "HTTPS://Example.COM/hook",
        "https://bücher.example/hook",
        "https://xn--bcher-kva.example/hook",
        "https://a.b.c.d.example/",
        "https://xn--ls8h.la/hook",
        "https://8.8.8.8/hook",
        "https://[2606:4700:4700::1111]:8443/hook",
        url_of_length(MAX_URL),
    ],
)
def test_a_public_https_address_is_legal(url: str) -> None:
    assert read({"webhookUrl": url}) == (Webhook(url, ("completed", "failed")), {})


PRIVATE = [
    "https://localhost/hook",
    "https://LOCALHOST/hook",
    "https://127.0.0.1/hook",
    "https://10.0.0.1/hook",
    "https://172.16.0.1/hook",
    "https://192.168.1.1/hook",
    "https://100.64.0.1/hook",
    "https://169.254.169.254/latest/meta-data/",
    "https://0.0.0.0/hook",
    "https://224.0.0.1/hook",
    "https://[::1]/hook",
    "https://[::]/hook",
    "https://[fd00::1]/hook",
    "https://[fe80::1]/hook",
    "https://[fe80::1%25eth0]/hook",
    "https://[::ffff:10.0.0.1]/hook",
    "https://[64:ff9b::7f00:1]/hook",
    "https://[2002:7f00:1::]/hook",
    "http://127.0.0.1/hook",
]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        *[(url, "public internet") for url in PRIVATE],
        ("http://example.com/hook", "begin with https://"),
        ("http://8.8.8.8/hook", "begin with https://"),
        ("ftp://example.com/hook", "begin with https://"),
        ("ws://example.com/hook", "begin with https://"),
        ("//example.com/hook", "begin with https://"),
        ("", "not a valid address"),
        ("example.com/hook", "not a valid address"),
        ("/hook", "not a valid address"),
        ("https://", "not a valid address"),
        ("https:///hook", "not a valid address"),
        ("https:example.com", "not a valid address"),
        ("mailto:a@example.com", "not a valid address"),
        ("https://[", "not a valid address"),
        ("https://[::1/hook", "not a valid address"),
        ("https://example.com:99999/", "not a valid address"),
        ("https://example.com:port/", "not a valid address"),
        ("https://example.com:0/", "not a valid address"),
        ("https://exa mple.com/", "not a valid address"),
        (" https://example.com/", "not a valid address"),
        ("https://example.com/\n", "not a valid address"),
        ("https://example.com/a\tb", "not a valid address"),
        ("https://example.com/\u3000", "not a valid address"),
        ("https://example.com/\x00", "not a valid address"),
        ("https://exa\x00mple.com/", "not a valid address"),
        ("https://example.com/\x7f", "not a valid address"),
        ("https://user:secret@example.com/", "user name or a password"),
        ("https://user@example.com/", "user name or a password"),
        ("https://:secret@example.com/", "user name or a password"),
        ("https://example.com\\@127.0.0.1/", "user name or a password"),
        (url_of_length(MAX_URL + 1), "at most 2048 characters"),
        (None, "must be an address"),
        (5, "must be an address"),
        (True, "must be an address"),
        (["https://example.com"], "must be an address"),
        ({"url": "https://example.com"}, "must be an address"),
    ],
)
def test_any_other_address_is_refused_with_a_reason(url: Any, words: str) -> None:
    webhook, details = read({"webhookUrl": url})
    assert webhook is None
    assert list(details) == ["webhookUrl"]
    [sentence] = details["webhookUrl"]
    assert sentence.startswith("webhookUrl ")
    assert words in sentence


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/hook",
        "https://127.0.0.1/hook",
        "http://localhost:9000/hook",
        "http://10.1.2.3/hook",
        "http://[::1]:9000/hook",
        "https://example.com/hook",
        "http://n8n:5678/webhook/easel",
        "https://n8n/hook",
        "http://n8n.internal/hook",
        "http://example.com/",
    ],
)
def test_what_the_operator_trusts_is_legal_also_without_tls(url: str) -> None:
    assert read({"webhookUrl": url}, HOME) == (Webhook(url, ("completed", "failed")), {})


@pytest.mark.parametrize(
    "url",
    [
        "http://10.2.0.1/hook",
        "https://192.168.0.1/",
        "http://8.8.8.8/",
        "ftp://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "ftp://n8n/",
        "http://-/",
    ],
)
def test_what_the_operator_does_not_trust_stays_refused(url: str) -> None:
    webhook, details = read({"webhookUrl": url}, HOME)
    assert webhook is None
    assert list(details) == ["webhookUrl"]


@pytest.mark.parametrize("url", ["http://n8n:5678/hook", "https://n8n/hook", "http://example.com/", "http://10.1.2.3/"])
def test_a_refusal_names_the_setting(url: str) -> None:
    _, details = read({"webhookUrl": url})
    assert "EASEL_TRUSTED_NETWORKS" in details["webhookUrl"][0]


@pytest.mark.parametrize(
    ("named", "events"),
    [
        (["completed"], ("completed",)),
        (["progress"], ("progress",)),
        (["failed", "completed", "progress"], ("progress", "completed", "failed")),
        (["failed", "failed"], ("failed",)),
    ],
)
def test_the_events_named_are_the_events_sent(named: list[str], events: tuple[str, ...]) -> None:
    body = {"webhookUrl": "https://example.com", "webhookEvents": named}
    assert read(body) == (Webhook("https://example.com", events), {})


@pytest.mark.parametrize("with_url", [True, False])
@pytest.mark.parametrize(
    ("named", "paths"),
    [
        ([], ["webhookEvents"]),
        (None, ["webhookEvents"]),
        ("completed", ["webhookEvents"]),
        ({"completed": True}, ["webhookEvents"]),
        (5, ["webhookEvents"]),
        (["finished"], ["webhookEvents[0]"]),
        (["completed", "COMPLETED"], ["webhookEvents[1]"]),
        (["x", "completed", None], ["webhookEvents[0]", "webhookEvents[2]"]),
        ([["completed"]], ["webhookEvents[0]"]),
        ([{}], ["webhookEvents[0]"]),
    ],
)
def test_other_events_are_refused_each_by_its_place(named: Any, paths: list[str], with_url: bool) -> None:
    body = {"webhookEvents": named} | ({"webhookUrl": "https://example.com"} if with_url else {})
    _, details = read(body)
    assert list(details) == paths
    for sentences in details.values():
        assert "progress, completed or failed" in sentences[0]


def test_a_bad_address_does_not_hide_a_bad_event() -> None:
    _, details = read({"webhookUrl": "http://example.com", "webhookEvents": ["x"]})
    assert set(details) == {"webhookUrl", "webhookEvents[0]"}


def test_events_without_an_address_ask_for_nothing() -> None:
    assert read({"webhookEvents": ["completed"]}) == (None, {})
