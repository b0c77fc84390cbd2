"""What was set aside does not stay for good."""

from __future__ import annotations

import os
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from wagtail.models import UploadedFile

from cms.media.actions import WORDS_WITHIN, forget_set_aside
from cms.media.cleaning import Remade
from cms.media.models import Picture
from cms.media.tasks import forget_daily
from panel.core.clock import now
from panel.jobs.registry import periodics
from tests.cms.media.pictures import canvas, saved


def set_aside(age: timedelta) -> UploadedFile:
    kind = ContentType.objects.get_for_model(Picture)
    row = UploadedFile.objects.create(for_content_type=kind, file=Remade(saved(canvas(), "PNG")))
    came = (now() - age).timestamp()
    os.utime(row.file.path, (came, came))
    return row


def test_files_without_words_go_after_a_day_and_others_stay(db: None):
    minute = timedelta(minutes=1)
    old, young = set_aside(WORDS_WITHIN + minute), set_aside(WORDS_WITHIN - minute)

    assert forget_set_aside() == 1

    assert list(UploadedFile.objects.all()) == [young]
    assert not os.path.exists(old.file.path)
    assert os.path.exists(young.file.path)


def test_a_row_without_its_file_goes_too(db: None):
    row = set_aside(timedelta())
    os.unlink(row.file.path)
    assert forget_set_aside() == 1
    assert not UploadedFile.objects.exists()


def test_it_happens_every_night():
    assert forget_daily.module_path in {each.name for each in periodics()}
