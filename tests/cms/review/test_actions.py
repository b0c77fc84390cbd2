"""Four eyes, and a yes that is bound to what was seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, Revision

from cms.review import actions
from cms.review.actions import Refused
from cms.review.models import Approval, Hand, State
from cms.review.moves import MOVES, MoveRefused
from cms.review.permissions import approvers, may_approve
from cms.review.reviewed import NotApproved
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.models import Event
from tests.factories.accounts import UserFactory, staff_with
from tests.factories.pages import home, picture
from tests.factories.stories import approved, put_live, rewrite, stories, story


def again(approval: Approval) -> Approval:
    return Approval.objects.get(pk=approval.pk)


def ask(page: StoryPage, by: User) -> Approval:
    return actions.ask(page, plan=[], by=by)


def test_ask_keeps_what_is_to_be_seen(clerk: User, editor: User):
    page = story(by=clerk)

    approval = ask(page, clerk)

    assert approval.state == State.ASKED
    assert approval.contents["title"] == "Nye cykelstativer ved stationen"
    assert approval.contents["body"][0]["value"] == "<p>De står ved spor 1.</p>"
    assert approval.authors == [clerk.pk]
    assert approval.revision == page.latest_revision


def test_ask_refuses_a_second_time(clerk: User, editor: User):
    page = story(by=clerk)
    ask(page, clerk)

    with pytest.raises(Refused, match="already"):
        ask(page, clerk)


def test_ask_refuses_when_nobody_else_could_say_yes(clerk: User):
    with pytest.raises(Refused, match="make a colleague an editor"):
        ask(story(by=clerk), clerk)


def test_editor_approves(clerk: User, editor: User):
    approval = ask(story(by=clerk), clerk)

    actions.approve(approval, seen=approval.seal, by=editor)

    assert again(approval).state == State.APPROVED
    assert again(approval).decided_by == editor
    assert Event.objects.filter(what="approval.given", by_id=editor.pk).exists()


def test_an_author_does_not_approve_even_as_editor(editor: User):
    staff_with(Role.EDITOR, name="Ella Editor")
    approval = ask(story(by=editor), editor)

    with pytest.raises(Refused, match="hand in it"):
        actions.approve(approval, seen=approval.seal, by=editor)


def test_a_superuser_does_not_approve_own_work(db: None, editor: User):
    root = User.objects.create_superuser("root@example.org", name="Rita Rod")
    approval = ask(story(by=root), root)

    assert not may_approve(root, approval)
    with pytest.raises(Refused, match="hand in it"):
        actions.approve(approval, seen=approval.seal, by=root)


def test_whoever_mended_a_comma_has_a_hand_in_it(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk)
    rewrite(page, by=editor, lead="Nu er der plads, til 200 cykler.")
    approval = ask(page, clerk)

    assert approvers(approval) == [other]
    with pytest.raises(Refused, match="hand in it"):
        actions.approve(approval, seen=approval.seal, by=editor)


def test_whoever_was_an_author_of_the_version_before_is_free_again(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    page = put_live(story(by=editor), asked_by=editor, by=other)
    rewrite(page, by=clerk, lead="Der kom 300.")

    approval = ask(page, clerk)

    assert may_approve(editor, approval)


def test_whose_live_version_was_purged_is_not_free_again(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk, title="Kopieret")
    Hand.objects.create(page=page, user=editor)
    put_live(page, asked_by=clerk, by=other)
    Approval.objects.update(revision=None)

    assert not may_approve(editor, ask(page, clerk))


def test_whoever_wrote_it_in_another_language_has_a_hand_in_it(clerk: User, editor: User):
    original = story(by=editor)
    stories("en")
    translated = original.copy_for_translation(home("en").locale)
    staff_with(Role.EDITOR, name="Ella Editor")
    rewrite(translated, by=clerk, title="New racks at the station")

    approval = ask(translated, clerk)

    assert not may_approve(editor, approval)


def as_a_copy(page: StoryPage, by: User) -> StoryPage:
    copying = CopyPageAction(page, update_attrs={"slug": "kopi"}, user=by)
    return copying.execute(skip_permission_checks=True)


def as_a_copy_without_its_versions(page: StoryPage, by: User) -> StoryPage:
    copying = CopyPageAction(page, update_attrs={"slug": "k"}, copy_revisions=False, user=by)
    return copying.execute(skip_permission_checks=True)


def as_an_alias_made_a_page(page: StoryPage, by: User) -> StoryPage:
    alias = page.create_alias(update_slug="alias")
    return ConvertAliasPageAction(alias, user=by).execute(skip_permission_checks=True)


def as_a_copy_of_its_translation(page: StoryPage, by: User) -> StoryPage:
    stories("en")
    return as_a_copy(page.copy_for_translation(home("en").locale), by)


descends = pytest.mark.parametrize(
    "descend",
    [
        as_a_copy,
        as_a_copy_without_its_versions,
        as_an_alias_made_a_page,
        as_a_copy_of_its_translation,
        lambda page, by: as_a_copy_without_its_versions(as_an_alias_made_a_page(page, by), by),
    ],
)


@descends
def test_whoever_sent_what_was_copied_has_a_hand_in_the_copy(
    clerk: User, editor: User, descend: Any
):
    staff_with(Role.EDITOR, name="Ella Editor")
    original = story(by=clerk)
    actions.take_back(ask(original, editor), by=editor)

    assert not may_approve(editor, ask(descend(original, clerk), clerk))


@descends
@pytest.mark.parametrize("is_gone", [False, True])
def test_whoever_wrote_what_was_copied_has_a_hand_in_it(
    clerk: User, editor: User, descend: Any, is_gone: bool
):
    staff_with(Role.EDITOR, name="Ella Editor")
    original = story(by=editor)
    made = descend(original, clerk)
    if is_gone:
        original.delete()

    approval = ask(made, clerk)

    assert not may_approve(editor, approval)


def test_whoever_wrote_what_an_alias_followed_has_a_hand_in_it(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk)
    alias = page.create_alias(update_slug="alias")
    rewrite(page, by=editor, lead="Der kom 300.")
    put_live(page, asked_by=clerk, by=other)

    made = ConvertAliasPageAction(alias, user=clerk).execute(skip_permission_checks=True)

    assert not may_approve(editor, ask(made, clerk))


def test_whoever_goes_on_typing_when_it_is_out_has_a_hand_in_it(clerk: User, editor: User):
    """Their window is open still, and saves over the version they saved last."""
    other = staff_with(Role.EDITOR, name="Ella Editor")
    page = put_live(story(by=editor), asked_by=editor, by=other)
    approved_version = page.latest_revision
    draft = page.get_latest_revision_as_object()
    draft.lead = "Der kom 300."

    draft.save_revision(user=editor, overwrite_revision=approved_version)

    assert not may_approve(editor, ask(page, clerk))
    approved_version.refresh_from_db()
    assert approved_version.content["lead"] != "Der kom 300."


def test_whoever_sent_it_the_time_before_has_a_hand_in_it(clerk: User, editor: User):
    staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk)
    actions.take_back(ask(page, editor), by=clerk)

    assert not may_approve(editor, ask(page, clerk))


@pytest.mark.parametrize("role", [Role.COMMS, Role.SPECIALIST, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_editors_approve(clerk: User, editor: User, role: Role):
    approval = ask(story(by=clerk), clerk)

    with pytest.raises(Refused, match="no editor"):
        actions.approve(approval, seen=approval.seal, by=staff_with(role, name="Nogen Anden"))


def test_an_editor_who_left_approves_nothing(clerk: User, editor: User):
    approval = ask(story(by=clerk), clerk)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    editor.refresh_from_db()

    with pytest.raises(Refused):
        actions.approve(approval, seen=approval.seal, by=editor)


def test_approve_refuses_what_was_not_seen(clerk: User, editor: User):
    approval = ask(story(by=clerk), clerk)

    with pytest.raises(Refused, match="changed since you looked"):
        actions.approve(approval, seen="0" * 64, by=editor)


def test_approve_refuses_when_the_version_was_written_over(clerk: User, editor: User):
    page = story(by=clerk)
    approval = ask(page, clerk)
    version = Revision.objects.get(pk=page.latest_revision_id)
    version.content["lead"] = "Smuglet ind."
    version.save()

    with pytest.raises(Refused, match="changed since you looked"):
        actions.approve(approval, seen=approval.seal, by=editor)


def test_approve_refuses_another_file_in_a_picture(clerk: User, editor: User):
    shown = picture()
    approval = ask(story(by=clerk, picture=shown, picture_alt="Havnen i sol"), clerk)
    shown.file = picture("En anden").file
    shown.save()

    with pytest.raises(Refused, match="changed since you looked"):
        actions.approve(approval, seen=approval.seal, by=editor)


def test_blocks_that_came_without_ids_are_approved(clerk: User, editor: User):
    facts = {"type": "facts", "value": [{"number": "200", "label": "pladser", "note": ""}]}
    approval = ask(story(by=clerk, body=[facts]), clerk)

    actions.approve(approval, seen=approval.seal, by=editor)

    assert again(approval).state == State.APPROVED


@pytest.mark.parametrize("verb", [actions.ask_for_changes, actions.reject])
def test_a_no_has_a_reason(clerk: User, editor: User, verb):
    approval = ask(story(by=clerk), clerk)

    with pytest.raises(Refused, match="Write"):
        verb(approval, note=" ", by=editor)
    verb(approval, note="Hvem betaler?", by=editor)

    assert again(approval).note == "Hvem betaler?"
    assert not again(approval).is_open


def test_two_editors_at_once_the_second_is_told(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    approval = ask(story(by=clerk), clerk)
    actions.reject(approval, note="Nej", by=editor)

    with pytest.raises(MoveRefused, match="quicker"):
        actions.approve(approval, seen=approval.seal, by=other)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State.values)


# --- A yes falls away -----------------------------------------------------------------------------


def test_an_edit_voids_it(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)

    rewrite(page, by=clerk, lead="Nu er der plads til 2.000 cykler.")

    assert again(approval).state == State.FELL_AWAY


def test_saving_without_a_change_does_not(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)

    rewrite(page, by=clerk)

    assert again(approval).state == State.APPROVED


def test_moving_voids_it(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)

    action = MovePageAction(page, stories("en"), pos="last-child", user=clerk)
    action.execute(skip_permission_checks=True)

    assert again(approval).state == State.FELL_AWAY


def test_deleting_voids_it_and_keeps_the_evidence(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)

    page.delete(user=clerk)

    assert again(approval).state == State.FELL_AWAY
    assert again(approval).contents["title"] == "Nye cykelstativer ved stationen"


def test_restoring_an_older_version_voids_it(clerk: User, editor: User):
    page = story(by=clerk)
    first = page.latest_revision
    rewrite(page, by=clerk, lead="Anden udgave.")
    approval = approved(page, asked_by=clerk, by=editor)

    first.as_object().save_revision(user=clerk, previous_revision=first)

    assert again(approval).state == State.FELL_AWAY


def test_taking_back_opens_it_for_editing(clerk: User, editor: User):
    page = story(by=clerk)
    approval = ask(page, clerk)
    assert page.get_lock().for_user(clerk)

    actions.take_back(approval, by=clerk)

    assert page.get_lock() is None


def test_when_the_approver_has_left_others_are_asked(clerk: User, editor: User):
    approval = approved(story(by=clerk), asked_by=clerk, by=editor)

    actions.ask_again(approval)

    assert again(approval).state == State.ASKED
    assert again(approval).decided_by is None


# --- Live is only what was approved ---------------------------------------------------------------


def test_nobody_publishes_by_hand(clerk: User, editor: User):
    root = User.objects.create_superuser("root@example.org", name="Rita Rod")
    page = story(by=clerk)

    for person in (clerk, editor, root):
        assert not page.permissions_for_user(person).can_publish()
        with pytest.raises(PermissionDenied):
            page.latest_revision.publish(user=person)
    with pytest.raises(NotApproved):
        page.latest_revision.publish()
    assert not Page.objects.get(pk=page.pk).live


def test_t1_a_newer_version_does_not_go_live_by_the_yes_to_an_older(clerk: User, editor: User):
    page = story(by=clerk)
    put_live(page, asked_by=clerk, by=editor)
    newer = rewrite(page, by=clerk, title="Noget ganske andet")

    with pytest.raises(NotApproved):
        newer.publish()

    assert StoryPage.objects.get(pk=page.pk).title == "Nye cykelstativer ved stationen"


def test_t1_nor_before_its_time(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)

    with pytest.raises(NotApproved):
        approval.revision.publish()


def test_t3_a_withdrawn_yes_publishes_nothing(clerk: User, editor: User):
    page = story(by=clerk)
    approval = approved(page, asked_by=clerk, by=editor)
    actions.take_back(approval, by=clerk)

    with pytest.raises(MoveRefused), transaction.atomic():
        actions.use(again(approval), at=approval.asked_at)
    with pytest.raises(NotApproved):
        approval.revision.publish()


def test_t4_wagtails_own_schedule_publishes_nothing(clerk: User, editor: User):
    page = story(by=clerk)
    approved(page, asked_by=clerk, by=editor)
    Revision.objects.filter(pk=page.latest_revision_id).update(
        approved_go_live_at=page.latest_revision_created_at
    )

    with pytest.raises(NotApproved):
        call_command("publish_scheduled")

    assert not Page.objects.get(pk=page.pk).live


def test_a_copy_of_a_live_story_is_a_draft(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)

    copy = page.copy(update_attrs={"slug": "kopi"}, keep_live=True)

    assert not Page.objects.get(pk=copy.pk).live


def test_a_copy_of_the_whole_tree_is_drafts(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)

    home("da").copy(
        recursive=True, to=home("da").get_parent(), update_attrs={"slug": "kopi"}, keep_live=True
    )

    assert list(StoryPage.objects.live()) == [page]


def test_an_alias_of_a_live_story_is_not_live(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)

    alias = page.create_alias(update_slug="alias")

    assert not Page.objects.get(pk=alias.pk).live


def test_a_story_with_an_alias_goes_live_without_it(clerk: User, editor: User):
    page = story(by=clerk)
    alias = page.create_alias(update_slug="alias")

    put_live(page, asked_by=clerk, by=editor)

    assert list(StoryPage.objects.live()) == [page]
    assert not Page.objects.get(pk=alias.pk).live


def test_a_story_taken_down_needs_a_new_yes(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    version = page.live_revision

    page.unpublish(user=clerk)

    assert Approval.objects.get().state == State.TAKEN_DOWN
    with pytest.raises(NotApproved):
        version.publish()


def test_a_newer_version_replaces_the_older(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    rewrite(page, by=clerk, lead="Nu er de der.")

    put_live(page, asked_by=clerk, by=editor)

    assert sorted(Approval.objects.values_list("state", flat=True)) == ["published", "superseded"]
    assert StoryPage.objects.get(pk=page.pk).lead == "Nu er de der."


def test_the_database_knows_four_eyes(clerk: User, editor: User):
    approval = ask(story(by=clerk), clerk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(
            state=State.APPROVED, decided_by=clerk, decided_at=approval.asked_at
        )


def test_a_stranger_may_do_nothing(clerk: User, editor: User):
    approval = ask(story(by=clerk), clerk)

    assert not may_approve(UserFactory(), approval)
