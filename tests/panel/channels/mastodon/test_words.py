"""A post is known again by its words, however a server shows them."""

from __future__ import annotations

import pytest

from panel.channels.fake.mastodon.shown import html
from panel.channels.mastodon.words import alike, plain

LINK = "https://www.byen.dk/nyt/broer?a=1&b=2#top"
# As Mastodon shows a link: in three parts, of which a reader sees the middle one.
SHOWN = (
    '<p>Læs her: <a href="https://www.byen.dk/nyt/broer?a=1&amp;b=2#top" target="_blank" '
    'rel="nofollow noopener" translate="no"><span class="invisible">https://www.</span>'
    '<span class="ellipsis">byen.dk/nyt/broer?a=1&amp;b=2</span>'
    '<span class="invisible">#top</span></a>.</p>'
)
MENTION = (
    '<p>Tak til <span class="h-card" translate="no"><a href="https://x.dk/@bo" '
    'class="u-url mention">@<span>bo</span></a></span> og '
    '<a href="https://social.example/tags/broer" class="mention hashtag" rel="tag">'
    "#<span>broer</span></a></p>"
)


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("<p>Hej</p>", "Hej"),
        ("<p>To<br />linjer</p><p>og et afsnit</p>", "To\r\nlinjer\r\n\r\nog et afsnit"),
        ("<p>1 &lt; 2 &amp; &quot;3&quot; &#39;4&#39;</p>", "1 < 2 & \"3\" '4'"),
        (SHOWN, f"Læs her: {LINK}."),
        # Another server's way: it shows what a reader sees and nothing else.
        (f'<p>Læs her: <a href="{LINK}">byen.dk/nyt…</a>.</p>', f"Læs her: {LINK}."),
        (MENTION, "Tak til @bo@x.dk og #broer"),
        ("<p>A\u030aben</p>", "Åben"),
        ("Ingen HTML", "Ingen  HTML "),
        ('<p><a href="https://BYEN.dk">byen.dk</a></p>', "https://byen.dk/"),
    ],
)
def test_what_was_written_is_known_again(shown: str, written: str):
    assert alike(plain(shown)) == alike(written)


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("<p>Hej</p>", "Hej igen"),
        (SHOWN, "Læs her: https://www.byen.dk/nyt/andet."),
        (SHOWN, "Læs her: https://www.byen.dk/nyt/broer?a=1&b=3#top."),
        ('<p><a href="https://byen.dk/a">https://byen.dk/b</a></p>', "https://byen.dk/b"),
        ("", "Hej"),
    ],
)
def test_what_says_something_else_is_something_else(shown: str, written: str):
    assert alike(plain(shown)) != alike(written)


@pytest.mark.parametrize(
    "broken", ["<p", "<a href>", "</p></a>", "<a href='javascript:x'>y", "<!--"]
)
def test_broken_html_is_read_as_far_as_it_goes(broken: str):
    assert isinstance(alike(plain(f"<p>Hej {broken}")), str)


def test_the_made_up_network_shows_links_as_mastodon_does():
    shown = html(f"Læs {LINK}{'x' * 40} & <b>", "http://127.0.0.1")
    assert 'class="invisible"' in shown
    assert 'class="ellipsis"' in shown
    assert "&lt;b&gt;" in shown
