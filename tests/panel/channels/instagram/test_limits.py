"""What Instagram would refuse is known before anybody is called."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from panel.channels.instagram.limits import MOST_BYTES, fault_of, text_of
from panel.channels.outgoing import Act, Picture, Verb
from tests.factories.network_pictures import jpeg
from tests.panel.channels.instagram.recorded import ACCOUNT, act, instagram


def with_data(data: bytes) -> Act:
    return replace(act(), pictures=(Picture(data, address="https://byen.dk/1.jpg"),))


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (act(), ""),
        (act(pictures=10), ""),
        (act(pictures=0), "no_picture"),
        (act(pictures=11), "too_many_pictures"),
        (act("æ" * 2200), ""),
        (act("æ" * 2201), "too_long"),
        (act("æ" * 2190, link="https://byen.dk/nyt"), "too_long"),
        (act(" ".join(f"#by{n}" for n in range(30))), ""),
        (act(" ".join(f"#by{n}" for n in range(31))), "too_many_tags"),
        (act("".join(f"#by{n}" for n in range(31))), ""),
        (act("https://byen.dk/#a " * 31), ""),
        (act(" ".join(f"@by{n}" for n in range(20))), ""),
        (act(" ".join(f"@by{n}" for n in range(21))), "too_many_names"),
        (act("post@byen.dk " * 21), ""),
        (act(size=(80, 100)), ""),
        (act(size=(191, 100)), ""),
        (act(size=(75, 100)), "picture_shape"),
        (act(size=(200, 100)), "picture_shape"),
        (with_data(b"\xff\xd8\xff" + b"j" * 200), "not_jpeg"),
        (with_data(png()), "not_jpeg"),
        (with_data(jpeg() + b"\0" * MOST_BYTES), "picture_too_large"),
    ],
)
def test_what_it_would_refuse(wanted: Act, code: str):
    assert fault_of(wanted) == code


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(act(pictures=0), "no_picture"), (act(size=(200, 100)), "picture_shape")],
)
def test_nobody_is_called_for_it(wanted: Act, code: str):
    adapter, graph = instagram()
    answer = adapter.send(ACCOUNT, wanted)
    assert (answer.outcome, answer.code, graph.asked) == ("refused", code, [])


def test_of_a_picture_to_come_only_its_being_there_counts():
    adapter, _graph = instagram()
    assert adapter.foresees(Act(Verb.POST, "Hej", pictures=(Picture(b""),))) == ""
    assert adapter.foresees(Act(Verb.POST, "Hej")) == "no_picture"


def test_the_address_stands_below_the_words_once():
    link = "https://byen.dk/nyt"
    assert text_of(act("Se her", link=link)) == f"Se her\n\n{link}"
    assert text_of(act(f"Se {link}", link=link)) == f"Se {link}"
    assert text_of(act("", link=link)) == link
