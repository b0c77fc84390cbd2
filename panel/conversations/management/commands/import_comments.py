"""``manage.py import_comments``: a file of comments in, from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from panel.channels.models import Channel
from panel.conversations.actions import imports
from panel.conversations.intake.files import UnreadableFile
from panel.conversations.intake.work import check_file, import_file
from panel.conversations.models import FileImport, ImportState
from panel.conversations.reports import failure_of, faults_of

FORMATS = ("auto", "facebook", "csv")


class Command(BaseCommand):
    """May be killed at any moment: run it again, or go on with ``--resume``; the rows are the same.

    Exit code 1 when nothing could be read.
    """

    help = (
        "Imports a file of comments: CSV, Excel, a Facebook page's export or Meta's content list."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read and where it belongs."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--channel", metavar="SLUG")
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument("--map", nargs="+", action="extend", default=[], metavar="NAME=COLUMN")
        parser.add_argument("--dry-run", action="store_true", help="count, and write nothing")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.add_argument("--resume", metavar="ID", help="go on with an import that was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and tell what became of its lines."""
        try:
            file_import = self._import(options)
        except UnreadableFile as damage:
            raise CommandError(str(damage)) from damage
        self._tell(file_import, as_json=options["json"])
        if options["dry_run"]:
            file_import.delete()
        failure = failure_of(file_import)
        if failure:
            raise CommandError(failure)
        if not file_import.read:
            sys.exit(1)

    def _import(self, options: Mapping[str, Any]) -> FileImport:
        if options["resume"]:
            return self._resumed(options["resume"])
        if not options["file"] or not options["channel"]:
            raise CommandError(_("Give a file and --channel, or --resume and an import’s id."))
        channel, mapping = _channel(options["channel"]), _mapping(options["map"])
        file_import = imports.choose_path(channel, options["file"], kind=options["format"])
        imports.map_columns(file_import, mapping=mapping)
        if options["dry_run"]:
            return self._checked(file_import)
        imports.start(file_import, by=None, in_background=False)
        return self._worked_off(file_import)

    def _checked(self, file_import: FileImport) -> FileImport:
        token = imports.begin_check(file_import)
        check_file(file_import.pk, token)
        file_import.refresh_from_db()
        return file_import

    def _resumed(self, public_id: str) -> FileImport:
        file_import = _import_by(public_id)
        try:
            imports.go_on(file_import, by=None, in_background=False)
        except imports.NotNow as error:
            state = ImportState(file_import.state).label
            raise CommandError(
                _("There is nothing to go on with: this import is %(state)s.") % {"state": state}
            ) from error
        return self._worked_off(file_import)

    def _worked_off(self, file_import: FileImport) -> FileImport:
        self.stderr.write(
            _("Import %(id)s. If it is stopped: --resume %(id)s") % {"id": file_import.public_id}
        )
        assert file_import.token is not None  # noqa: S101 - start and go_on give one
        import_file(file_import.pk, file_import.token)
        file_import.refresh_from_db()
        return file_import

    def _tell(self, file_import: FileImport, *, as_json: bool) -> None:
        refused = [{"line": fault.line, "reason": fault.reason} for fault in faults_of(file_import)]
        if as_json:
            counts = file_import.counts | {"refused": refused}
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        for name, count in file_import.counts.items():
            self.stdout.write(f"{name:>10} {count}")
        for fault in refused:
            self.stdout.write(f"{fault['line']}: {fault['reason']}")


def _channel(slug: str) -> Channel:
    known = Channel.objects.filter(slug=slug).first()
    if known is not None:
        return known
    slugs = ", ".join(Channel.objects.order_by("slug").values_list("slug", flat=True))
    there = _("There are: %(slugs)s.") % {"slugs": slugs} if slugs else _("There are none yet.")
    raise CommandError(
        _("There is no channel “%(slug)s”. %(there)s Make one with:")
        % {"slug": slug, "there": there}
        + f'\nmanage.py add_channel byhand --slug {slug} --name "{slug}"'
    )


def _import_by(public_id: str) -> FileImport:
    try:
        return FileImport.objects.select_related("channel").get(public_id=public_id)
    except (FileImport.DoesNotExist, ValidationError) as error:
        raise CommandError(_("There is no import with this id.")) from error


def _mapping(pairs: list[str]) -> dict[str, str]:
    """NAME=COLUMN pairs; an empty COLUMN leaves a field out."""
    mapping = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals:
            raise CommandError(_("--map takes NAME=COLUMN, for example --map text=Kommentar."))
        mapping[name] = column
    return mapping
