"""A story: an article that can be shared."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.models.pages import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.media.models import Picture
from cms.media.words import speaking_description
from cms.pages.blocks import Body
from cms.pages.models.base import SitePage, explained, picture_needs_words
from cms.pages.searching import searched
from cms.pages.sharing import whole
from cms.review.panels import LastRound
from cms.review.reviewed import Reviewed
from cms.stories.cards import SIZES, cards
from cms.stories.share import share
from panel.channels.models import Channel
from panel.channels.models import Kind as ChannelKind
from panel.conversations.models import Department
from panel.core.constraints import filled, one_of
from panel.core.personal import nothing_personal
from panel.members.models import Area

LONGEST_TEASER = 2000
# How many stories stand below one.
OTHERS = 3


class Kind(models.TextChoices):
    """What sort of story it is: a mix of them keeps readers."""

    NEWS = "news", _("Something new")
    PEOPLE = "people", _("A person or a place")
    BEHIND = "behind", _("Behind the scenes")
    ANSWER = "answer", _("An answer to what many ask")
    OUTCOME = "outcome", _("You said, we did")
    PRACTICAL = "practical", _("Good to know")


class Pictures(models.TextChoices):
    """Which of a story's pictures go with what is written about it elsewhere."""

    STORY = "story", _("The picture above the story")
    ALL = "all", _("All pictures of the story")
    NONE = "none", _("No picture")


class StoryQuerySet(PageQuerySet):
    """Questions about stories."""

    def told(self) -> StoryQuerySet:
        """What everybody may read, the newest first."""
        return self.live().public().order_by("-first_published_at", "-pk")

    def with_pictures(self, *sizes: str) -> StoryQuerySet:
        """With their pictures in ``sizes`` (those of lists), two queries for any number."""
        pictures = Picture.objects.prefetch_renditions(*(sizes or SIZES))
        return self.prefetch_related(models.Prefetch("picture", queryset=pictures))


class StoryPage(Reviewed, SitePage):
    """An article with a picture, and what is written about it on each channel."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose work it tells of."),
    )
    place = models.ForeignKey(
        Area,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the whole municipality."),
    )
    picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown above the story, in the list of stories and when it is shared."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        validators=[speaking_description],
        help_text=_("For those who do not see it."),
    )
    picture_is_decorative = models.BooleanField(
        _("the picture is decorative"),
        default=False,
        help_text=_("Tick when the story says as much without it."),
    )
    picture_caption = models.CharField(
        _("caption"),
        max_length=200,
        blank=True,
        help_text=_("What readers should know beside what they see; the photographer, too."),
    )
    body = StreamField(Body(required=False), blank=True, verbose_name=_("content"))

    objects: ClassVar[Any] = PageManager.from_queryset(StoryQuerySet)()

    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    template = "stories/story.html"
    content_panels = [
        LastRound(),
        explained(
            _(
                "Tell one thing, and tell it to one citizen. When it is ready, send it for "
                "approval: a colleague who is an editor says yes to exactly what you wrote."
            )
        ),
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldPanel("picture_is_decorative"),
                FieldPanel("picture_caption"),
            ],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "teasers",
            heading=_("On other channels"),
            label=_("Text for a channel"),
            help_text=_("Empty: the story goes out on the site only."),
        ),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("department"), FieldPanel("place")],
            heading=_("What it is about"),
        ),
    ]
    search_fields = [
        *SitePage.search_fields,
        *searched("body"),
        index.FilterField("kind"),
        index.FilterField("first_published_at"),
    ]
    sealed_fields = (
        *("title", "slug", "lead", "seo_title", "search_description", "show_in_menus"),
        *("kind", "department", "place"),
        *("picture", "picture_alt", "picture_is_decorative", "picture_caption", "body"),
    )
    sealed_children = ("teasers",)
    personal_data = nothing_personal(
        *("page_ptr", "lead", "kind", "department", "place", "body"),
        *("picture", "picture_alt", "picture_is_decorative", "picture_caption"),
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            one_of("kind", Kind, name="story_kind_known", message=_("Choose a kind of story.")),
            picture_needs_words("picture", name="story_picture_has_words"),
        ]

    @property
    def tag(self) -> str:
        """Its kind."""
        return str(self.get_kind_display())

    @property
    def told_at(self) -> datetime | None:
        """When it went live first; None for a draft."""
        return cast("datetime | None", self.first_published_at)

    @property
    def retold_at(self) -> datetime | None:
        """When it went live last, if that was on another day than the first time."""
        first, last = self.first_published_at, self.last_published_at
        changed = first and last and localdate(last) > localdate(first)
        return last if changed else None

    @property
    def shared_picture(self) -> tuple[Any, str]:
        """The picture above the story."""
        return self.picture, "" if self.picture_is_decorative else self.picture_alt

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``others``: the newest stories beside this one; ``share``: ways to pass it on."""
        context = super().get_context(request, *args, **kwargs)
        told = StoryPage.objects.told().filter(locale_id=self.locale_id).exclude(pk=self.pk)
        address = whole(self.get_url(request) or "") if self.pk else ""
        context["others"] = cards(told.with_pictures()[:OTHERS], request)
        context["share"] = share(self.title, address)
        return context


class Teaser(Orderable):
    """What is written about a story on one channel; the link to it comes by itself."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="teasers")
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=~models.Q(kind=ChannelKind.SITE) & models.Q(is_active=True),
    )
    text = models.TextField(
        _("text"),
        max_length=LONGEST_TEASER,
        help_text=_("As it is to stand there. The link to the story is added below it."),
    )
    pictures = models.CharField(
        _("pictures"),
        max_length=8,
        choices=Pictures.choices,
        default=Pictures.STORY,
        help_text=_("All of them: the one above the story, then those in its text."),
    )

    panels = [FieldPanel("channel"), FieldPanel("text"), FieldPanel("pictures")]
    sealed_fields = ("channel", "text", "pictures")
    sealed_as_before: ClassVar[dict[str, str]] = {"pictures": Pictures.STORY.value}
    personal_data = nothing_personal("id", "page", "sort_order", "channel", "text", "pictures")

    class Meta(Orderable.Meta):
        verbose_name = _("text for a channel")
        verbose_name_plural = _("texts for channels")
        constraints = [
            filled("text", name="teaser_has_text", message=_("Write the text for the channel.")),
            one_of(
                "pictures",
                Pictures,
                name="teaser_pictures_known",
                message=_("Choose which pictures go with it."),
            ),
            models.UniqueConstraint(
                fields=("page", "channel"),
                name="teaser_once_a_channel",
                violation_error_message=_("There is a text for this channel already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
