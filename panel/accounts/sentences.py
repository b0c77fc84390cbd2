"""What the events of accounts mean, for whoever reads the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.accounts.roles import Role


def roles_set(detail: Mapping[str, Any]) -> str:
    """Both lists of roles in the reader's words."""
    labels = {role.value: str(role.label) for role in Role}
    had, has = (
        ", ".join(labels.get(code, code) for code in str(detail[key]).split(", "))
        for key in ("had", "has")
    )
    return gettext("changed the roles from %(had)s to %(has)s") % {"had": had, "has": has}


SENTENCES = {
    "account.made": _("made an account"),
    "account.closed": _("closed the account"),
    "account.taken_on": _("gave a colleague access"),
    "account.roles_set": roles_set,
    "account.renamed": _("changed the name"),
    "account.ended": _("ended a colleague's access"),
    "account.taken_back": _("gave a colleague access again"),
    "account.signed_in": _("signed in"),
    "account.refused": _("refused a wrong code"),
    "account.key_added": _("set up a second key (%(kind)s)"),
    "account.key_changed": _("took away a second key, or made new recovery codes (%(kind)s)"),
    "account.second_factor_forgotten": _("reset the second key"),
}
