"""The admin's pages of sites and policy versions. A version is made once and never changed; making one puts it in force."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from moderation import versions
from moderation.models import PolicyVersion, Site


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    list_display = ("name", "key", "opening")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002  (the admin's signature)
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:  # noqa: FBT001  (the admin's signature)
        """A new site comes with its first policy version: without one it could judge no comment."""
        super().save_model(request, obj, form, change)
        if not change:
            versions.enact(obj, {}, by=_user(request))


class PolicyVersionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PolicyVersion
        fields = ("site", "data")

    def clean_data(self) -> dict[str, Any]:
        data = self.cleaned_data["data"]
        if not isinstance(data, dict | None):
            raise forms.ValidationError(_("A policy is an object: { … }."))
        return data or {}


@admin.register(PolicyVersion)
class PolicyVersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = PolicyVersionForm
    fields = ("site", "number", "is_active", "data", "created_at", "created_by")
    list_display = ("__str__", "number", "is_active", "created_at", "created_by")
    list_filter = ("site", "is_active")
    list_select_related = ("site", "created_by")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002  (the admin's signature)
        return self.fields if obj else ("site", "data")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version starts from what is in force."""
        site = Site.objects.get(key=versions.DEFAULT_SITE)
        return {"site": site, "data": versions.active(site).data, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def save_model(self, request: HttpRequest, obj: PolicyVersion, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001  (the admin's signature)
        enacted = versions.enact(obj.site, obj.data, by=_user(request))
        obj.pk, obj.number = enacted.pk, enacted.number


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
