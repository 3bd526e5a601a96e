"""Which policy version holds, and the only way to a new one."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from moderation.engine import policy as policies
from moderation.lookups import Lookups
from moderation.models import PolicyVersion, Site

DEFAULT_SITE = "default"


_active: Lookups[int, PolicyVersion] = Lookups()


def active(site: Site) -> PolicyVersion:
    """The version that judges now, here as soon as it is enacted, elsewhere a moment later. Raises PolicyVersion.DoesNotExist where a site has none."""
    found = _active.find(site.pk, lambda: PolicyVersion.objects.filter(site=site, is_active=True).first())
    if found is None:
        raise PolicyVersion.DoesNotExist
    return found


@transaction.atomic
def enact(site: Site, data: dict[str, Any], *, by: User | None = None) -> PolicyVersion:
    """A new version, in force from now on. Raises UnreadablePolicy."""
    policies.read(data)
    versions = PolicyVersion.objects.filter(site=Site.objects.select_for_update().get(pk=site.pk))
    last = versions.aggregate(last=Max("number"))["last"] or 0
    versions.filter(is_active=True).update(is_active=False)
    transaction.on_commit(_active.forget)
    return PolicyVersion.objects.create(site=site, number=last + 1, data=data, is_active=True, created_by=by)
