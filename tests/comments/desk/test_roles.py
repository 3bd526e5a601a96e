"""The newsroom's roles, and what the accounts in them may do at the desk."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from comments import roles
from comments.models import Comment, Status
from moderation.models import Site
from tests.comments.conftest import Submitted
from tests.comments.desk.conftest import QUEUE, deciding, signed_in


@pytest.fixture
def groups(site: Site) -> None:
    """As `migrate` makes them; a test that empties the tables takes them away for those that follow."""
    roles.make_groups()


def account(role: str) -> User:
    user = User.objects.create_user(role.replace(" ", "-"), password="parola-degil-cumle", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("role", "granted", "denied"),
    [
        (
            roles.EDITOR,
            {"comments.view_comment", "comments.decide_comment"},
            {"comments.overrule_decision", "comments.sanction_reader", "moderation.add_policyversion", "comments.add_apikey", "auth.add_user"},
        ),
        (
            roles.SENIOR_EDITOR,
            {"comments.decide_comment", "comments.overrule_decision", "comments.sanction_reader", "moderation.add_policyversion"},
            {"comments.add_apikey", "auth.add_user"},
        ),
        (
            roles.AUDITOR,
            {"comments.view_comment", "comments.view_decision", "comments.view_sanction", "moderation.view_policyversion"},
            {"comments.decide_comment", "comments.overrule_decision", "comments.sanction_reader", "auth.view_user"},
        ),
        (
            roles.ADMINISTRATOR,
            {"comments.decide_comment", "comments.sanction_reader", "comments.add_apikey", "moderation.add_policyversion", "auth.add_user"},
            {"sessions.delete_session"},
        ),
    ],
)
def test_a_role_may_do_what_its_name_says_and_no_more(role: str, granted: set[str], denied: set[str]) -> None:
    permissions = account(role).get_all_permissions()

    assert granted <= permissions
    assert not denied & permissions


@pytest.mark.usefixtures("groups")
def test_an_auditor_changes_nothing() -> None:
    changing = ("add_", "change_", "delete_")

    assert not [name for name in account(roles.AUDITOR).get_all_permissions() if name.partition(".")[2].startswith(changing)]


@pytest.mark.usefixtures("groups")
def test_an_auditor_reads_the_desk_and_decides_nothing(submitted: Submitted) -> None:
    comment, client = submitted(), signed_in(account(roles.AUDITOR))

    for address in (QUEUE, "/admin/desk/dashboard/", f"/admin/desk/readers/{comment.reader.public_id}/"):
        assert client.get(address).status_code == 200
    assert client.get("/admin/desk/second-look/").status_code == 403
    assert deciding(client)(comment, "approve").status_code == 403
    assert Comment.objects.get().status == Status.PENDING


@pytest.mark.usefixtures("groups")
def test_a_group_that_the_publisher_changed_or_renamed_stays_as_he_made_it() -> None:
    editors = Group.objects.get(name=roles.EDITOR)
    editors.permissions.set([Permission.objects.get(codename="view_comment")])

    roles.make_groups()

    assert editors.permissions.count() == 1
    assert Group.objects.filter(name__in=roles.ROLE_NAMES).count() == 4


@pytest.mark.usefixtures("groups")
def test_the_roles_come_though_no_permission_was_there_yet() -> None:
    Group.objects.all().delete()
    Permission.objects.all().delete()

    roles.make_groups()

    assert account(roles.SENIOR_EDITOR).has_perm("comments.sanction_reader")


@pytest.mark.usefixtures("groups")
def test_migrating_makes_what_is_missing() -> None:
    Group.objects.filter(name=roles.AUDITOR).delete()

    call_command("migrate", verbosity=0)

    assert Group.objects.get(name=roles.AUDITOR).permissions.filter(codename="view_comment").exists()


@pytest.mark.usefixtures("groups")
def test_a_role_is_named_in_the_language_of_the_page() -> None:
    own, senior = Group(name="Spor servisi"), Group(name=roles.SENIOR_EDITOR)

    with translation.override("tr"):
        assert (roles.role_name(senior), roles.role_name(own)) == ("kıdemli editör", "Spor servisi")
    with translation.override("en"):
        assert roles.role_name(senior) == "senior editor"


@pytest.mark.usefixtures("groups")
def test_the_admin_s_pages_name_the_roles(client: Client) -> None:
    administrator = account(roles.ADMINISTRATOR)
    client.force_login(administrator)

    assert "kıdemli editör" in client.get("/admin/auth/group/").content.decode()
    assert "kıdemli editör" in client.get(f"/admin/auth/user/{administrator.pk}/change/").content.decode()


@pytest.mark.usefixtures("groups")
def test_the_demo_s_editor_is_an_editor_by_his_group_alone() -> None:
    from comments.demo import seeding

    user, _password = seeding.editor("deneme-parola-1")

    assert [group.name for group in user.groups.all()] == [roles.EDITOR]
    assert not user.user_permissions.exists()
    assert user.has_perm("comments.decide_comment")
