"""The screens of Find, asked by those who may and those who may not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels.models import Channel
from panel.conversations.models import Comment
from panel.engagement import explain
from panel.engagement.models import Shortlist
from tests.conftest import SignedIn

from .conftest import A_PAGE, CAMPAIGNER, COMPETITOR, FLOODER, NAMES, NEW, ONCE, STEADY, Folk
from .town import NOON

pytestmark = pytest.mark.usefixtures("at_noon")

CANDIDATES, WHY_NOT = "candidates:index", "candidates:why_not"
LAST_DAY = (NOON + timedelta(days=30)).date().isoformat()
FORM = {
    "save": "1",
    "name": "Efterår",
    "purpose": "Borgerpanelet",
    "last_day": LAST_DAY,
    "seats": "0",
    "newcomers": "0",
    "seed": "abc",
    "at": NOON.isoformat(),
    "days": "180",
}


def page(client: Client, view: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(view, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_there_is_a_basis_the_page_says_kindly_what_is_missing(
    folk: Folk, clerk: User, editor: User, signed_in: SignedIn
) -> None:
    seen = page(signed_in(clerk), CANDIDATES)
    assert "Stine" not in seen
    assert reverse("basis:new") not in seen
    assert reverse("basis:new") in page(signed_in(editor), CANDIDATES)
    assert "Stine" not in page(signed_in(editor), WHY_NOT, name="Stine")
    assert "Stine" not in page(signed_in(editor), "shortlists:new")


@pytest.mark.usefixtures("gate")
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("clerk", True),
        ("editor", True),
        ("administrator", True),
        ("specialist", False),
        ("analyst", False),
        ("member", False),
    ],
)
@pytest.mark.parametrize("name", [CANDIDATES, WHY_NOT, "shortlists:index", "shortlists:new"])
def test_only_those_who_choose_people_see_how_much_they_take_part(
    who: str, may: bool, name: str, folk: Folk, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    answer = client.get(reverse(name), {"name": "Stine"})
    assert (answer.status_code == 200) is may
    assert ("Stine" in answer.content.decode()) is (may and name in (CANDIDATES, WHY_NOT))


@pytest.mark.usefixtures("gate")
def test_a_stranger_is_sent_to_sign_in(folk: Folk, stranger: Client) -> None:
    assert stranger.get(reverse(CANDIDATES)).status_code == 302


@pytest.mark.usefixtures("gate")
def test_the_list_shows_reasons_and_nobodys_words(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    seen = page(signed_in(clerk), CANDIDATES)
    assert NAMES[STEADY] in seen
    assert seen.count('<svg class="measure-bar"') == seen.count('<svg class="measure-weeks"')
    assert not any(text in seen for text in Comment.objects.values_list("text", flat=True) if text)
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", seen, flags=re.S).split("<main")[-1]
    assert not re.search(r"<(script|style)[^>]*>[^<]*Stine", seen)


@pytest.mark.usefixtures("gate")
def test_points_as_shown_add_up(folk: Folk, clerk: User, signed_in: SignedIn) -> None:
    answer = signed_in(clerk).get(reverse(CANDIDATES))
    rows = answer.context["rows"]
    assert rows
    for row in rows:
        shown = sum(int(term.points.replace(",", "").replace(".", "")) for term in row.terms)
        assert shown == int(row.score.replace(",", "").replace(".", ""))


@pytest.mark.usefixtures("gate")
def test_the_number_of_queries_does_not_grow_with_people(
    folk: Folk, clerk: User, signed_in: SignedIn, django_assert_max_num_queries
) -> None:
    client = signed_in(clerk)
    page(client, CANDIDATES)
    with django_assert_max_num_queries(40):
        page(client, CANDIDATES)


@pytest.mark.usefixtures("gate")
@pytest.mark.parametrize(
    ("person", "words"),
    [
        (STEADY, "på listen"),
        (FLOODER, "grænsen"),
        (CAMPAIGNER, "få kommentarer"),
        (COMPETITOR, "konkurrencer"),
        (A_PAGE, "en side"),
        (ONCE, "få kommentarer"),
    ],
)
def test_why_somebody_is_not_on_the_list_is_said_in_words(
    person: int, words: str, folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    client = signed_in(clerk)
    answer = client.get(reverse(WHY_NOT), {"name": NAMES[person]})
    ((_found, reason),) = answer.context["answers"]
    assert reason
    assert Event.objects.filter(what="candidates.asked").count() == 1


@pytest.mark.usefixtures("gate")
def test_asking_for_nobody_and_for_a_stranger_tells_the_same(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    client = signed_in(clerk)
    assert client.get(reverse(WHY_NOT), {"name": "Findes Ikke"}).context["answers"] == []
    assert client.get(reverse(WHY_NOT), {"name": ""}).context["answers"] == []


@pytest.mark.usefixtures("gate")
def test_a_list_is_made_of_those_ticked_and_drawn(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    client = signed_in(clerk)
    ticked = {"who": str(folk[STEADY].public_id)}
    first = client.post(reverse("shortlists:new"), {**ticked, "at": NOON.isoformat()})
    assert NAMES[STEADY] in first.content.decode()
    assert Shortlist.objects.count() == 0
    asked = {**FORM, **ticked, "seats": "1", "newcomers": "1"}
    answer = client.post(reverse("shortlists:new"), asked)
    made = Shortlist.objects.get()
    assert answer.url == reverse("shortlists:shortlist", args=[made.pk])
    doors = sorted(made.entries.values_list("entrance", flat=True))
    assert doors == ["chosen", "lottery", "newcomer"]
    assert NAMES[STEADY] in page(client, "shortlists:shortlist", made.pk)
    assert NAMES[STEADY] in page(client, "shortlists:print", made.pk)
    assert "Efterår" in page(client, "shortlists:index")


@pytest.mark.usefixtures("gate")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"last_day": "2020-01-01"},
        {"seats": "-1"},
        {"seed": ""},
        {"last_day": "2099-01-01"},
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_is_made(
    wrong: dict[str, str], folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    asked = {**FORM, "who": str(folk[STEADY].public_id), **wrong}
    answer = signed_in(clerk).post(reverse("shortlists:new"), asked)
    assert answer.status_code == 422
    assert NAMES[STEADY] in answer.content.decode()
    assert Shortlist.objects.count() == 0


@pytest.mark.usefixtures("gate")
def test_somebody_below_the_bar_is_refused_by_name(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    asked = {**FORM, "who": [str(folk[STEADY].public_id), str(folk[FLOODER].public_id)]}
    answer = signed_in(clerk).post(reverse("shortlists:new"), asked)
    assert NAMES[FLOODER] in answer.content.decode()
    assert Shortlist.objects.count() == 0


@pytest.mark.usefixtures("gate")
def test_everything_a_list_can_have_done_is_a_button(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    client = signed_in(clerk)
    client.post(reverse("shortlists:new"), {**FORM, "who": str(folk[STEADY].public_id)})
    made = Shortlist.objects.get()

    def press(word: str, **data: object) -> str:
        answer = client.post(reverse(f"shortlists:{word}", args=[made.pk]), data, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    removed = press("remove", entry=made.entries.get().pk)
    assert "put-back" in removed
    assert made.entries.count() == 0
    press("put_back", who=str(folk[STEADY].public_id), entrance="chosen")
    assert made.entries.count() == 1
    press("draw", seats="0", newcomers="2", seed="x")
    assert made.entries.count() == 3
    press("extend", last_day=(NOON + timedelta(days=50)).date().isoformat())
    press("add", who=str(folk[NEW].public_id))
    for word in ("remove", "put_back", "draw", "extend"):
        press(word)
    assert "3 personer slippes" in page(client, "shortlists:withdraw", made.pk)
    assert made.entries.count() == 3
    press("withdraw")
    assert made.entries.count() == 0
    assert "put-back" not in press("add", who=str(folk[STEADY].public_id))


@pytest.mark.usefixtures("gate")
def test_a_list_says_its_last_day_and_what_was_asked_as_people_call_it(
    folk: Folk, clerk: User, signed_in: SignedIn
) -> None:
    client = signed_in(clerk)
    channel = folk[STEADY].channel
    client.post(reverse("shortlists:new"), {**FORM, "channel": channel.slug})
    made = Shortlist.objects.get()

    assert date_format(date.fromisoformat(LAST_DAY)) in page(client, "shortlists:index")
    assert channel.name in page(client, "shortlists:shortlist", made.pk)
    Channel.objects.update(slug="another")
    assert channel.slug in dict(explain.criteria(made.criteria)).values()


@pytest.mark.usefixtures("gate")
@pytest.mark.parametrize("word", ["add", "draw", "extend", "remove", "put_back", "withdraw"])
def test_a_specialist_and_a_member_press_no_button(
    word: str, folk: Folk, clerk: User, specialist: User, member: User, signed_in: SignedIn
) -> None:
    signed_in(clerk).post(reverse("shortlists:new"), {**FORM, "who": str(folk[STEADY].public_id)})
    made = Shortlist.objects.get()
    for nobody in (specialist, member):
        answer = signed_in(nobody).post(reverse(f"shortlists:{word}", args=[made.pk]))
        assert answer.status_code in (302, 403)
    assert made.entries.count() == 1
