"""What each role may do with pages, pictures and files, and how the site asks who may.

The tables are written to the groups by ``sync_roles``.

In a later issue publishing is bound to a second person; today both who write may publish.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser, Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from panel.accounts.models import User
from panel.accounts.roles import Role, also

ON_PAGES: Mapping[Role, tuple[str, ...]] = {
    Role.COMMS: ("add_page", "change_page", "publish_page"),
    Role.EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
ON_FILES = tuple(
    f"{verb}_{kind}" for kind in ("image", "document") for verb in ("add", "change", "choose")
)


@also
def grant_pages(groups: Mapping[Role, Group]) -> None:
    """Give every role exactly what the tables above say on the whole tree and all collections."""
    tree = Page.get_first_root_node()
    library = Collection.get_first_root_node()
    for role, group in groups.items():
        pages = _permissions("wagtailcore", ON_PAGES.get(role, ()))
        files = _permissions(None, ON_FILES if role in ON_PAGES else ())
        _exactly(GroupPagePermission, group, pages, page=tree)
        _exactly(GroupCollectionPermission, group, files, collection=library)


def may_describe_municipality(user: User | AnonymousUser) -> bool:
    """Editors and administrators: name, colours, contact and the accessibility statement."""
    return user.has_perm("pages.change_municipalitysettings")


def may_add_below(page: Page, user: User | AnonymousUser) -> bool:
    """Communications officers and editors: a new page under ``page``."""
    return bool(page.permissions_for_user(user).can_add_subpage())


def _permissions(app: str | None, codenames: tuple[str, ...]) -> list[Permission]:
    apps = [app] if app else ["wagtailimages", "wagtaildocs"]
    return list(Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames))


def _exactly(
    kind: type[GroupPagePermission | GroupCollectionPermission],
    group: Group,
    wanted: list[Permission],
    **place: Page | Collection,
) -> None:
    """Rows of ``kind`` for ``group``: those wanted at ``place``, and no others anywhere."""
    kept = [
        kind.objects.get_or_create(group=group, permission=permission, **place)[0].pk
        for permission in wanted
    ]
    kind.objects.filter(group=group).exclude(pk__in=kept).delete()
