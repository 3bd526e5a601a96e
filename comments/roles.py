"""The newsroom's roles: groups that `migrate` makes once, and that belong to the publisher from then on.

They hang on `post_migrate`, not on a migration of their own: only then does every permission exist, whatever migration brings it, and a
database that was emptied and filled again has them too. A group that is there already is left as the publisher made it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EDITOR, SENIOR_EDITOR, AUDITOR, ADMINISTRATOR = "editor", "senior editor", "auditor", "administrator"

ROLE_NAMES: Mapping[str, Promise] = MappingProxyType(
    {EDITOR: _("editor"), SENIOR_EDITOR: _("senior editor"), AUDITOR: _("auditor"), ADMINISTRATOR: _("administrator")}
)

_OUR_ROOMS = ("comments", "moderation")
_TO_LOOK = Q(content_type__app_label__in=_OUR_ROOMS, codename__startswith="view_")
_TO_DECIDE = _TO_LOOK | Q(content_type__app_label="comments", codename="decide_comment")
_TO_OVERRULE = Q(content_type__app_label="comments", codename__in=("overrule_decision", "sanction_reader"))
_TO_WRITE_THE_POLICY = Q(content_type__app_label="moderation", codename="add_policyversion")

_PERMISSIONS: Mapping[str, Q] = MappingProxyType(
    {
        EDITOR: _TO_DECIDE,
        SENIOR_EDITOR: _TO_DECIDE | _TO_OVERRULE | _TO_WRITE_THE_POLICY,
        AUDITOR: _TO_LOOK,
        ADMINISTRATOR: Q(content_type__app_label__in=(*_OUR_ROOMS, "auth")),
    }
)


def make_groups(using: str = "default", **signal: Any) -> None:  # noqa: ARG001  (what else Django tells its receivers)
    """Those that are missing, with their permissions; none where only some of the rooms were migrated, and there are no groups yet."""
    if Group._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(Group.objects.using(using).filter(name__in=ROLE_NAMES).values_list("name", flat=True))
    missing = [name for name in ROLE_NAMES if name not in known]
    if missing:
        for room in (*_OUR_ROOMS, "auth"):
            create_permissions(apps.get_app_config(room), verbosity=0, using=using)
    for name in missing:
        group, _is_new = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(Permission.objects.using(using).filter(_PERMISSIONS[name]))


def role_name(group: Group) -> str:
    """As the page's language calls it; a publisher's own group keeps its name."""
    return str(ROLE_NAMES.get(group.name, group.name))
