"""``manage.py fake_network``: a made-up network to try on, without anybody's approval."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from panel.channels.fake.server import Server, run
from panel.channels.fake.state import SCOPES, App

TOKEN_ENV = "FAKE_PAGE_TOKEN"  # noqa: S105 - the name of a variable
INSTAGRAM_TOKEN_ENV = "FAKE_INSTAGRAM_TOKEN"  # noqa: S105 - the name of a variable
INSTAGRAM_TOKEN = "fake-instagram-token"  # noqa: S105 - it opens nothing


class Command(BaseCommand):
    """Runs until Ctrl-C, and forgets everything then."""

    help = "Runs a made-up Facebook, Instagram and Mastodon to try on. Nothing leaves this machine."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it listens, the page on it, and the app that is connected."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8790, help="0 for any that is free")
        parser.add_argument("--page", default="100000000000001", help="the page's id")
        parser.add_argument("--name", default="A made-up page", help="the page's name")
        parser.add_argument("--account", default="page", help="its name as a Mastodon account")
        parser.add_argument(
            "--instagram", default="17841400000000001", help="the id of an Instagram account"
        )
        parser.add_argument("--token", default="fake-page-token", help="the page's made-up token")
        parser.add_argument("--webhook", default="", help="address that events are sent to")
        parser.add_argument("--verify-token", default="", help="what that address asks for")
        parser.add_argument("--app-id", default=App().id, help="the app's id")
        parser.add_argument(
            "--app-secret-env", default="", help="environment variable with the app's secret"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the page, and serve."""
        server = Server(App(options["app_id"], _secret(options["app_secret_env"])))
        page = server.network.add_page(
            options["page"], options["name"], ["feed"], options["account"]
        )
        scopes = (*SCOPES, "read", "write")
        server.network.add_token(options["token"], kind="PAGE", owner=page.as_person, scopes=scopes)
        account = server.network.add_page(
            options["instagram"], options["name"], [], options["account"], is_instagram=True
        )
        server.network.add_token(INSTAGRAM_TOKEN, kind="PAGE", owner=account.as_person)
        server.deliveries.manner.url = options["webhook"]
        server.deliveries.manner.verify_token = options["verify_token"]
        try:
            run(server, options["host"], options["port"], lambda at: self._say(at, options))
        except OSError as error:
            raise CommandError(
                _("Port %(port)d cannot be used (%(reason)s). Choose another with --port.")
                % {"port": options["port"], "reason": error.strerror}
            ) from error

    def _say(self, address: str, options: dict[str, Any]) -> None:
        """Where it is, and what to write so that Medspil speaks with it."""
        secret_env, page = options["app_secret_env"], options["page"]
        where = address.partition("://")[2]
        host = where.rpartition(":")[0]
        secret = f'"${secret_env}"' if secret_env else App().secret
        lines = [
            self.style.SUCCESS(_("A made-up network runs at %(url)s") % {"url": address}),
            _("What is sent to it goes no further, and is forgotten when it ends."),
            "",
            _("To let Medspil speak with it, write this before Medspil is started:"),
            f"  export FACEBOOK_GRAPH_URL={address}",
            f"  export FACEBOOK_APP_ID={options['app_id']} FACEBOOK_APP_SECRET={secret}",
            f"  export {TOKEN_ENV}={options['token']}",
            _("and then, once:"),
            f'  manage.py add_channel facebook --slug fake --name "{options["name"]}" \\',
            f"    --external-id {page} --token-env {TOKEN_ENV}",
            "",
            _("The same page is a Mastodon account. For that one, write:"),
            f"  export NETWORK_PRIVATE_HOSTS={host}",
            f'  manage.py add_channel mastodon --slug fake-mastodon --name "{options["name"]}" \\',
            f"    --external-id @{options['account']}@{where} \\",
            f"    --url {address} --token-env {TOKEN_ENV}",
            "",
            _("There is an Instagram account too. It fetches pictures from Medspil’s SITE_URL:"),
            f"  export {INSTAGRAM_TOKEN_ENV}={INSTAGRAM_TOKEN}",
            "  manage.py add_channel instagram --slug fake-instagram \\",
            f'    --name "{options["name"]}" --external-id {options["instagram"]} \\',
            f"    --token-env {INSTAGRAM_TOKEN_ENV}",
            "",
            _("What stands on the page: %(url)s") % {"url": f"{address}/{page}"},
            _("How citizens write and things go wrong: panel/channels/fake/README.md"),
            _("Ctrl-C ends it."),
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _secret(variable: str) -> str:
    if not variable:
        return App().secret
    secret = os.environ.get(variable, "")
    if not secret:
        raise CommandError(
            _("The environment variable %(name)s is empty. Put the app’s secret into it.")
            % {"name": variable}
        )
    return secret
