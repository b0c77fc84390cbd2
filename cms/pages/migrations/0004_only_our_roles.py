"""No group beside the five roles, and no workflow that waits for one.

Wagtail's own migrations make the groups Editors and Moderators with rights of their own, and a
workflow for the second to approve. Who may what is one table here (``panel/accounts/roles.py``); a
colleague put into either group would have rights that no role gives.
"""

from django.db import migrations

WORKFLOW = "Moderators approval"
# What each may do with pages, as Wagtail's migrations leave them.
GROUPS = {
    "Editors": ("add_page", "change_page"),
    "Moderators": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILES = tuple(
    f"{verb}_{kind}" for kind in ("image", "document") for verb in ("add", "change", "choose")
)
DELETING = ("delete_image", "delete_document")


def remove_groups(apps, schema_editor):
    """Take the groups away with every right they give, and the workflow they were to approve."""
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=WORKFLOW).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


def make_groups(apps, schema_editor):
    """The groups and the workflow as Wagtail makes them. Who was in them is not known any more."""
    Permission = apps.get_model("auth", "Permission")
    files = Permission.objects.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    library = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for name, verbs in GROUPS.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        door = Permission.objects.filter(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
        group.permissions.add(*door, *files.filter(codename__in=(*FILES, *DELETING)))
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=verbs
        ):
            group.page_permissions.get_or_create(page=root, permission=permission)
        for permission in files.filter(codename__in=FILES):
            group.collection_permissions.get_or_create(collection=library, permission=permission)
    make_workflow(apps, root, group)


def make_workflow(apps, root, moderators):
    """The workflow in which ``moderators`` approve every page below ``root``."""
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task = Task.objects.create(name=WORKFLOW, content_type=kind)
    task.groups.add(moderators)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    workflow.workflow_tasks.create(task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
        page=root, defaults={"workflow": workflow}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_first_home"),
        # The last of those that give the two groups a right.
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(remove_groups, make_groups)]
