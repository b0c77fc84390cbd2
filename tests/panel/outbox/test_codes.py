"""A network's last word in words a person understands."""

from __future__ import annotations

import pytest

from panel.channels.graph import errors
from panel.channels.instagram import errors as instagram
from panel.channels.mastodon import errors as mastodon
from panel.channels.models import Kind
from panel.channels.outgoing import Verb
from panel.core.http import Why
from panel.outbox.codes import OURS, meaning


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("190", "The network does not take our key any more."),
        ("190/460", "The network does not take our key any more."),
        ("100/1366046", "The picture is too large for the network."),
        ("9/1390008", "We had asked the network too much, and it wants to be left alone."),
        ("200", "Our key may not write posts on the page."),
        ("http_502", "The network had a fault of its own."),
        ("http_404", "The network refused without saying why."),
        ("timeout", "The network did not answer in time."),
        ("4711", "The network gave no reason that we know."),
        ("", "The network gave no reason that we know."),
    ],
)
def test_what_a_code_means(code: str, words: str):
    assert str(meaning(Kind.FACEBOOK, code).words) == words


def test_every_code_that_facebook_is_known_to_give_has_words():
    known = errors.SIGN_IN | errors.LIMIT | errors.TEMPORARY | errors.REFUSED
    subcodes = errors.REFUSED_BY_SUBCODE | errors.TOO_FAST
    unclear = meaning(Kind.FACEBOOK, "4711")

    wordless = [code for code in known if meaning(Kind.FACEBOOK, str(code)) == unclear]
    wordless += [sub for sub in subcodes if meaning(Kind.FACEBOOK, f"4711/{sub}") == unclear]
    assert wordless == []


def test_every_reason_for_no_answer_has_words():
    assert {str(why) for why in Why} <= set(OURS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("401", "The network does not take our key any more."),
        ("422", "The server does not accept the words or the picture."),
        ("too_long", "The text is longer than the network allows."),
        ("elsewhere", "The server sent us on to another address, and our key goes nowhere else."),
        ("http_503", "The network had a fault of its own."),
    ],
)
def test_what_mastodon_s_numbers_mean(code: str, words: str):
    assert str(meaning(Kind.MASTODON, code).words) == words


def test_every_number_that_mastodon_is_known_to_give_has_words():
    known = {*mastodon.REFUSED, mastodon.SIGN_IN, mastodon.LIMIT}
    unclear = meaning(Kind.MASTODON, "4711")
    assert [code for code in known if meaning(Kind.MASTODON, str(code)) == unclear] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("190/460", "The network does not take our key any more."),
        ("10", "Our key may not post to the account."),
        ("9004/2207052", "The network could not fetch the picture from us."),
        ("failed", "The network could not use the picture."),
        ("failed/2207005", "The network could not use the picture."),
        ("failed/2209999", "The network could not use the picture."),
        ("no_picture", "The network takes no post without a picture."),
        ("quota", "The account has posted as much as the network allows in a day."),
        ("9/2207042", "The account has posted as much as the network allows in a day."),
        ("-1/2207001", "The network had a fault of its own."),
        ("80002", "We had asked the network too much, and it wants to be left alone."),
        ("24/2207006", "What the network had prepared was too old to be posted."),
    ],
)
def test_what_instagram_s_codes_mean(code: str, words: str):
    assert str(meaning(Kind.INSTAGRAM, code).words) == words


def test_every_code_that_instagram_is_known_to_give_has_words():
    known = instagram.REFUSED | instagram.NOT_PUBLISHED | {instagram.SPENT, instagram.LIAR}
    unclear = meaning(Kind.INSTAGRAM, "4711")
    assert [sub for sub in known if meaning(Kind.INSTAGRAM, f"4711/{sub}") == unclear] == []


def test_another_network_s_codes_are_not_taken_for_facebook_s():
    assert str(meaning(Kind.BYHAND, "190").words) == "The network gave no reason that we know."


# --- Replies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("200", "Our key may not answer comments."),
        ("100/33", "The comment is not there any more, or the page may not answer it."),
        ("100", "The network did not understand what was asked."),
        ("190/460", "The network does not take our key any more."),
        ("empty", "There was nothing in it to send."),
        ("timeout", "The network did not answer in time."),
        ("http_502", "The network had a fault of its own."),
    ],
)
def test_what_a_code_means_of_a_reply(code: str, words: str):
    assert str(meaning(Kind.FACEBOOK, code, Verb.REPLY).words) == words


def test_no_advice_on_a_reply_speaks_of_stories():
    codes = {*OURS, *map(str, errors.REFUSED), *(f"1/{sub}" for sub in errors.REFUSED_BY_SUBCODE)}
    told = {code: str(meaning(Kind.FACEBOOK, code, Verb.REPLY).advice) for code in codes}
    assert {code for code, words in told.items() if "story" in words or "approval" in words} == {
        # No picture goes with a reply, and none is counted in tags and names.
        *("too_many_pictures", "too_many_tags", "too_many_names", "no_picture", "picture_shape"),
        *("picture_too_large", "not_jpeg", "failed", "altered"),
        *("324", "9004", "1/1366046", "1/1366051", "1/2207052"),
    }
