"""``manage.py add_channel``: connects a channel without a browser."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from panel.channels.actions import add_channel
from panel.channels.kinds import KINDS, UnknownKind, adapter_for
from panel.channels.models import Channel, Credential
from panel.channels.protocol import Adapter


class Command(BaseCommand):
    """Fails with one sentence a field, and changes nothing, where something does not fit."""

    help = "Makes a channel: a place whose comments come in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The kind, and what is known about the place."""
        parser.add_argument("kind", help=", ".join(KINDS))
        parser.add_argument("--slug", required=True, help="short name, as used by other commands")
        parser.add_argument("--name", required=True, help="the name shown to people")
        parser.add_argument("--external-id", default="", help="the page's id on its network")
        parser.add_argument("--token-env", default="", help="environment variable with the token")
        parser.add_argument("--url", default="", help="where it is found on the web")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say what comes next."""
        adapter = _adapter(options["kind"])
        token = _token(adapter, options["token_env"])
        try:
            channel = add_channel(
                kind=options["kind"],
                slug=options["slug"],
                name=options["name"],
                external_id=options["external_id"],
                url=options["url"],
                token=token,
                by=None,
            )
        except ValidationError as error:
            raise CommandError(_sentences(error)) from error
        self.stdout.write(self.style.SUCCESS(_("Made: %(name)s") % {"name": channel.name}))
        if adapter.takes_files:
            self.stdout.write(f"manage.py import_comments FILE --channel {channel.slug}")


def _adapter(kind: str) -> Adapter:
    try:
        return adapter_for(kind)
    except UnknownKind as error:
        kinds = ", ".join(KINDS)
        raise CommandError(
            _("There is no kind “%(kind)s”. The kinds are: %(kinds)s.")
            % {"kind": kind, "kinds": kinds}
        ) from error


def _token(adapter: Adapter, variable: str) -> str:
    """What stands in the environment: a key on a command line would be seen by everybody here."""
    if not adapter.needs_token:
        if variable:
            raise CommandError(
                _("A channel of the kind “%(kind)s” needs no token: leave out --token-env.")
                % {"kind": adapter.kind}
            )
        return ""
    if not variable:
        raise CommandError(
            _(
                "A channel of the kind “%(kind)s” needs a token: put it into an environment "
                "variable and name that with --token-env."
            )
            % {"kind": adapter.kind}
        )
    token = os.environ.get(variable, "").strip()
    if not token:
        raise CommandError(_("The environment variable %(name)s is empty.") % {"name": variable})
    return token


def _sentences(error: ValidationError) -> str:
    """Each field's messages behind its name."""
    fields = [*Channel._meta.fields, Credential._meta.get_field("token")]
    names = {field.name: str(field.verbose_name) for field in fields}
    return "\n".join(
        f"{names[field]}: {message}" if field in names else message
        for field, messages in error.message_dict.items()
        for message in messages
    )
