"""Comments, answers, hiding, and the one private message a comment allows."""

from __future__ import annotations

from panel.channels.fake.graph.asking import Call
from panel.channels.fake.graph.errors import Refusal, not_found
from panel.channels.fake.graph.paging import listing_of
from panel.channels.fake.graph.shown import REPLY_TIME, Shown, asked, comment_page
from panel.channels.fake.things import Comment, Page, Post

REPLIED, TOO_LATE, CANNOT = 10900, 10901, 10903


def listed(call: Call, thing: Post | Comment) -> Shown:
    """GET /{post|comment}/comments."""
    newest_first = call.text("order").startswith("reverse")
    return comment_page(
        call,
        thing,
        listing_of(call, f"{thing.id}/comments", newest_first=newest_first),
        fields=asked(call),
        everything=call.text("filter") == "stream",
        summary=call.flag("summary", False),
    )


def write(call: Call, thing: Post | Comment) -> Shown:
    """POST /{post|comment}/comments: the page writes in its own name."""
    page = call.own(thing.page_id)
    message = call.text("message")
    if not message and not call.text("attachment_url"):
        raise Refusal(100, "(#100) Missing message or attachment")
    return {"id": call.network.comment(thing, message, author=page.as_person).id}


def change(call: Call, comment: Comment) -> Shown:
    """POST /{comment}: hide or show a citizen's, or give one's own other words."""
    page = call.own(comment.page_id)
    params, own = call.request.params, comment.author == page.as_person
    if not params.keys() & {"message", "is_hidden"}:
        raise Refusal(100, "(#100) Nothing to change")
    if ("message" in params and not own) or ("is_hidden" in params and own):
        raise Refusal(200, "(#200) The comment cannot be changed so")
    if "is_hidden" in params:
        call.network.hide(comment, call.flag("is_hidden", False))
    if "message" in params:
        call.network.edit(comment, call.text("message"))
    return {"success": True}


def message(call: Call, page: Page) -> Shown:
    """POST /{page}/messages, to the writer of a comment: once each, within seven days."""
    call.own(page.id)
    comment, text = _recipient(call, page), _text(call)
    own = comment.author is not None and comment.author.id in call.network.pages
    if own:
        raise Refusal(CANNOT)
    if comment.replied_privately:
        raise Refusal(REPLIED)
    if call.network.now() - comment.created >= REPLY_TIME:
        raise Refusal(TOO_LATE)
    comment.replied_privately = True
    id = f"m_fake{len(page.messages) + 1}"
    page.messages.append({"id": id, "comment_id": comment.id, "text": text})
    return {"recipient_id": comment.author.id if comment.author else "0", "message_id": id}


def _recipient(call: Call, page: Page) -> Comment:
    said = call.data("recipient")
    id = str(said.get("comment_id", "")) if isinstance(said, dict) else ""
    comment = call.network.find(id)
    if not isinstance(comment, Comment) or comment.page_id != page.id:
        raise not_found(id, "POST")
    return comment


def _text(call: Call) -> str:
    said = call.data("message")
    text = said.get("text", "") if isinstance(said, dict) else ""
    if not text:
        raise Refusal(100, "(#100) Missing message text")
    return str(text)
