"""Danish and English, and a home page in each instead of Wagtail's welcome page."""

import json
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

HOMES = (
    {
        "language": "da",
        "title": "Forside",
        "slug": "forside",
        "welcome": "Velkommen til borgerpanelet",
        "lead": "Her fortæller borgerne kommunen, hvad der virker, og hvad der kan gøres bedre. "
        "Alle er velkomne.",
        "button_text": "Deltag i panelet",
        "heading": "Siden er ny",
        "text": "<p>Panelet er ved at flytte ind. Kom igen om lidt, eller deltag allerede nu.</p>"
        "<p>Arbejder du i kommunen? Log ind i administrationen og gør forsiden til jeres egen: "
        "skriv velkomsten, vælg et billede, og lav siderne om panelet, debatreglerne og "
        "persondata. Navn, logo og farver står under Indstillinger.</p>",
    },
    {
        "language": "en",
        "title": "Home",
        "slug": "home-en",
        "welcome": "Welcome to the citizen panel",
        "lead": "Here citizens tell the municipality what works and what could be better. "
        "Everybody is welcome.",
        "button_text": "Join the panel",
        "heading": "This site is new",
        "text": "<p>The panel is moving in. Come back soon, or join already.</p>"
        "<p>Do you work for the municipality? Log in to the administration and make the home "
        "page your own: write the welcome, choose a picture, and make the pages about the panel, "
        "the debate rules and privacy. Name, logo and colours are under Settings.</p>",
    },
)


def make_homes(apps, schema_editor):
    """A home page a language, side by side below the root, and the site on the Danish one."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    apps.get_model("pages", "MunicipalitySettings").objects.get_or_create(pk=1)
    for home in HOMES:
        Locale.objects.get_or_create(language_code=home["language"])
    welcome = Page.objects.filter(
        depth=2, slug="home", content_type__app_label="wagtailcore", content_type__model="page"
    ).first()
    if welcome is None:
        return  # somebody has been here before us
    translation = uuid.uuid4()
    pages = [make_home(apps, at, home, translation) for at, home in enumerate(HOMES, start=2)]
    address = urlsplit(settings.SITE_URL)
    Site.objects.filter(root_page_id=welcome.pk).update(
        root_page_id=pages[0].pk,
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
    )
    welcome.delete()
    Page.objects.filter(depth=1).update(numchild=len(HOMES))


def make_home(apps, at, home, translation):
    """The home page of one language as the ``at``-th child of the root."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="pages", model="homepage")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code=home["language"])
    body = [
        {"type": "heading", "value": home["heading"], "id": str(uuid.uuid4())},
        {"type": "text", "value": home["text"], "id": str(uuid.uuid4())},
    ]
    return apps.get_model("pages", "HomePage").objects.create(
        path=f"0001{at:04d}",
        depth=2,
        numchild=0,
        url_path=f"/{home['slug']}/",
        content_type=kind,
        locale=locale,
        translation_key=translation,
        title=home["title"],
        draft_title=home["title"],
        slug=home["slug"],
        welcome=home["welcome"],
        lead=home["lead"],
        button_text=home["button_text"],
        body=json.dumps(body),
    )


def remove_homes(apps, schema_editor):
    """An empty page on the site's root again. What was built below the home pages goes with them."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="da")
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    plain = Page.objects.create(
        path="00019999",
        depth=2,
        numchild=0,
        url_path="/home/",
        content_type=kind,
        locale=locale,
        translation_key=uuid.uuid4(),
        title="Home",
        draft_title="Home",
        slug="home",
    )
    Site.objects.update(root_page_id=plain.pk)
    apps.get_model("pages", "HomePage").objects.all().delete()
    Page.objects.filter(depth=1).update(numchild=Page.objects.filter(depth=2).count())


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_page_kinds"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_homes, remove_homes)]
