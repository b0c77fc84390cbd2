"""Our own posts that come back by webhook or reading, and what of ours they are.

The network's id joins the two, and it is asked for whenever somebody looks: so it does not matter
whether the echo came before the answer that brought the id.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Count
from django.urls import reverse

from panel.channels.outgoing import Verb
from panel.conversations.models import Post
from panel.conversations.models.posts import PostQuerySet
from panel.outbox.echoes import Echo, Echoes, heard_by
from panel.outbox.looking import MARGIN
from panel.outbox.models import Outgoing, State

MOST: Final = 3
POST: Final = Verb.POST.value


def outgoing_of(post: Post) -> Outgoing | None:
    """What we sent as this post: by the id we were given, or the address a person gave."""
    if not post.external_id:
        return None
    sent = Outgoing.objects.filter(channel=post.channel_id, verb=POST)
    found = sent.filter(external_id=post.external_id).first()
    if found is None and post.url:
        found = sent.filter(state=State.SENT, external_id="", url=post.url).first()
    return found


def echoes_of(outgoing: Outgoing) -> Echoes:
    """The post it became; or, while nobody knows, those of ours that say the same."""
    if outgoing.verb != POST:
        return Echoes()
    known: PostQuerySet = Post.objects.filter(channel=outgoing.channel_id)
    posts = known.exclude(external_id="")
    if outgoing.state == State.UNKNOWN:
        return Echoes(like=tuple(map(_echo, _like(outgoing, posts))))
    if outgoing.external_id:
        posts = posts.filter(external_id=outgoing.external_id)
    elif outgoing.url and outgoing.state == State.SENT:
        posts = posts.filter(url=outgoing.url)
    else:
        return Echoes()
    found = _counted(posts).first()
    return Echoes(of=None if found is None else _echo(found))


def _like(outgoing: Outgoing, posts: PostQuerySet) -> list[Post]:
    """Posts of ours since the first try that begin with its words and are nothing else of ours."""
    first, words = outgoing.attempts.order_by("number").first(), _plain(outgoing.payload["text"])
    if first is None or not words:
        return []
    since = first.started_at - MARGIN
    taken = Outgoing.objects.filter(channel=outgoing.channel_id).exclude(external_id="")
    ours = posts.present().filter(author__is_page=True, posted_at__gte=since)
    free = ours.exclude(external_id__in=taken.values("external_id"))
    said = [each for each in _counted(free).order_by("posted_at", "pk") if _says(each, words)]
    return said[:MOST]


def _counted(posts: PostQuerySet) -> PostQuerySet:
    return posts.annotate(number=Count("comments"))


def _says(post: Post, words: str) -> bool:
    """Networks change the room between words, and some put a link behind them."""
    return _plain(post.text).startswith(words)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _echo(post: Post) -> Echo:
    address = reverse("threads:thread", args=[post.public_id])
    return Echo(address, post.url, getattr(post, "number", 0), post.posted_at)


heard_by(echoes_of)
