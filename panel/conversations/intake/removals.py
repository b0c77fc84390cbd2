"""Removals in, tombstones out; those that come before what they remove are noted and wait."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from panel.channels.models import Channel
from panel.conversations.models import Post, Removal

from . import sql
from .comments import Row
from .gathering import Batch
from .places import NEVER
from .states import PostState, earliest, post_tombstone, tombstone


def apply(channel: Channel, batch: Batch, stored: Mapping[str, Row]) -> None:
    """Write the batch's removals, and those that waited for what it brings, in its states."""
    removed = dict(batch.removals)
    for external_id, removed_at in _take_waiting(channel, batch, stored).items():
        removed[external_id] = earliest(removed.get(external_id), removed_at) or removed_at
    if not removed:
        return
    posts = _posts(channel, removed.keys())
    waiting = {}
    for external_id, removed_at in removed.items():
        if not _remove(batch, stored, posts, external_id, removed_at):
            waiting[external_id] = removed_at
    _note(channel, waiting)


def _remove(
    batch: Batch,
    stored: Mapping[str, Row],
    posts: Collection[str],
    external_id: str,
    removed_at: datetime,
) -> bool:
    """Mark the comment or post as removed in the batch; whether there is one."""
    comment = batch.comments.get(external_id)
    if comment is None and external_id in stored:
        comment = replace(stored[external_id].state)
    if comment is not None:
        comment.removed_at = removed_at
        batch.comments[external_id] = tombstone(comment)
        return True
    if external_id in batch.posts or external_id in posts or external_id in _named(batch):
        post = batch.posts.setdefault(external_id, PostState(external_id, NEVER))
        post.removed_at = removed_at
        post_tombstone(post)
        return True
    return False


def _take_waiting(channel: Channel, batch: Batch, stored: Mapping[str, Row]) -> dict[str, datetime]:
    """Removals that waited for something in this batch; they wait no longer."""
    waiting = Removal.objects.filter(channel=channel)
    if not waiting.exists():
        return {}
    arriving = (batch.comments.keys() - stored.keys()) | batch.posts.keys() | _named(batch)
    where, param = sql.among("external_id", arriving)
    found = sql.rows(
        "SELECT id, external_id, removed_at FROM conversations_removal "
        f"WHERE channel_id = %s AND {where}",
        [channel.pk, param],
    )
    waiting.filter(pk__in=[key for key, _external_id, _removed_at in found]).delete()
    return {external_id: sql.aware(removed_at) for _key, external_id, removed_at in found}


def _named(batch: Batch) -> set[str]:
    """The posts that the batch's comments name."""
    return {state.post for state in batch.comments.values()}


def _posts(channel: Channel, external_ids: Collection[str]) -> set[str]:
    known = Post.objects.filter(channel=channel, external_id__in=list(external_ids))
    return set(known.exclude(external_id="").values_list("external_id", flat=True))


def _note(channel: Channel, waiting: Mapping[str, datetime]) -> None:
    """Keep removals of the unknown; of two for one id the earlier."""
    known = {
        each.external_id: each
        for each in Removal.objects.filter(channel=channel, external_id__in=list(waiting))
    }
    for external_id, removal in known.items():
        if waiting[external_id] < removal.removed_at:
            removal.removed_at = waiting[external_id]
            removal.save(update_fields=["removed_at"])
    Removal.objects.bulk_create(
        Removal(channel=channel, external_id=external_id, removed_at=removed_at)
        for external_id, removed_at in waiting.items()
        if external_id not in known
    )
