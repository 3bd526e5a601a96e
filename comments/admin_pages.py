"""Pages of the admin that only show: what the lifecycle or a queue writes is changed by nobody's hand."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class OnlyShown:
    """Neither added nor changed nor deleted in the admin, by whomever."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False


# Django's admin classes are generic for the type checker only.
class ShownPage(OnlyShown, admin.ModelAdmin):  # type: ignore[type-arg]
    pass


class ShownTable(OnlyShown, admin.TabularInline):  # type: ignore[type-arg]
    pass
