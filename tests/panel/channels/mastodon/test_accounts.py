"""Whatever a person pastes, one account and one server are meant; or none."""

from __future__ import annotations

from typing import Any

import pytest

from panel.channels.mastodon.accounts import Handle, handle_of, server_of


@pytest.mark.parametrize(
    "written",
    [
        "@kommune@social.example",
        "kommune@social.example",
        " @Kommune@Social.Example ",
        "https://social.example/@kommune",
        "https://social.example/@kommune/",
        "https://social.example/users/kommune",
    ],
)
def test_all_spellings_mean_one_account(written: str):
    handle = handle_of(written)
    assert handle == Handle("kommune", "social.example")
    assert str(handle) == "@kommune@social.example"


def test_danish_letters_in_a_server_s_name_are_those_it_is_looked_up_by():
    assert handle_of("@by@social.køge.dk") == Handle("by", "social.xn--kge-0na.dk")


@pytest.mark.parametrize(
    "written",
    [
        *("", "kommune", "@kommune", "100200300", "@@social.example", "@a b@social.example"),
        *("@kommune@social.example/x", "@kommune@a@b", "https://social.example/about"),
        *("https://social.example/@kommune/123", "ftp://social.example/@kommune"),
        *("@kommune@user:pw@x.dk", "@kommune@x.dk:99999", "https://[/@kommune"),
    ],
)
def test_what_names_no_account_is_none(written: str):
    assert handle_of(written) is None


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("https://social.example", "https://social.example"),
        ("https://Social.Example/@kommune?a=1#b", "https://social.example"),
        ("https://social.example:8443/", "https://social.example:8443"),
        ("https://8.8.8.8", "https://8.8.8.8"),
    ],
)
def test_a_server_is_its_name_alone(written: str, server: str):
    assert server_of(written) == server


@pytest.mark.parametrize(
    "written",
    [
        *("", "social.example", "http://social.example", "ftp://social.example", "https://"),
        *("https://user:pw@social.example", "https://user@social.example", "https://a..b"),
        *("https://10.0.0.1", "https://169.254.169.254", "https://127.0.0.1", "https://[::1]"),
        *("http://127.0.0.1:8790", "http://localhost", "https://x.dk:99999", "https://a b.dk"),
        "https://social.example\\@evil.example",
    ],
)
def test_no_key_is_sent_to(written: str):
    assert server_of(written) == ""


def test_a_listed_server_on_this_machine_may_be_unencrypted(settings: Any):
    settings.NETWORK_PRIVATE_HOSTS = ["127.0.0.1", "10.0.0.1", "social.example"]
    assert server_of("http://127.0.0.1:8790") == "http://127.0.0.1:8790"
    assert server_of("https://10.0.0.1") == "https://10.0.0.1"
    assert server_of("http://10.0.0.1") == server_of("http://social.example") == ""
