"""The admin's pages of articles, readers, comments and the log. What the lifecycle writes is only shown here."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import api_keys, bell, embedding_admin, webhook_admin
from comments.admin_pages import ShownPage, ShownTable
from comments.delivery import addresses
from comments.delivery.leasing import MAILS
from comments.desk.history import reason_name
from comments.desk.marks import VERDICTS
from comments.lifecycle.publishing import let_answers_expire
from comments.models import ApiKey, Article, CannedNote, Comment, Decision, Delivery, Event, Reader, Revision
from comments.roles import role_name
from comments.wording import clause_name, spoken
from moderation.engine import policy
from moderation.engine.rule import Clause, Outcome
from moderation.engine.text import fold
from moderation.models import PolicyVersion

# Their pages register themselves.
__all__ = ["embedding_admin", "webhook_admin"]

admin.site.site_header = "Mizan"
admin.site.site_title = "Mizan"
admin.site.index_title = _("Administration")


class Revisions(ShownTable):
    model = Revision
    fields = ("number", "body", "as_is", "created_at", "outcome", "policy_version")
    readonly_fields = ("outcome", "policy_version")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("review__policy_version", "comment")

    @admin.display(description=_("outcome"))
    def outcome(self, revision: Revision) -> str:
        review = revision.review
        return str(VERDICTS[Outcome(review.outcome)]) if review.outcome is not None else review.get_failure_display()

    @admin.display(description=_("policy version"))
    def policy_version(self, revision: Revision) -> int:
        return revision.review.policy_version.number


class DecisionWords:
    """A decision's move and reasons as an editor calls them."""

    @admin.display(description=_("move"), ordering="move")
    def what(self, decision: Decision) -> str:
        return decision.get_move_display()

    @admin.display(description=_("reasons"))
    def reasons(self, decision: Decision) -> str:
        return ", ".join(reason_name(row, policy.DEFAULT) for row in decision.clauses.all())


class Decisions(DecisionWords, ShownTable):
    model = Decision
    readonly_fields = ("what", "reasons")
    fields = ("version", "what", "from_status", "to_status", "actor_kind", "editor", "reasons", "note", "decided_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).select_related("editor", "comment").prefetch_related("clauses")


class ByClause(admin.SimpleListFilter):
    title = _("clause")
    parameter_name = "clause"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002  (the admin's signature)
        return [(clause, clause_name(clause)) for clause in Clause]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:  # noqa: ARG002  (the admin's signature)
        return queryset.filter(clauses__clause=self.value()) if self.value() else queryset


class RoleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Model) -> str:
        return role_name(obj) if isinstance(obj, Group) else str(obj)


# Django's own pages of accounts, with the roles' names in the language of the page.
admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **(options | {"form_class": RoleChoice} if db_field.name == "groups" else options))


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    list_display = ("role",)

    @admin.display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_name(group)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "section", "published_at", "mode", "comments_open", "site")
    list_filter = ("site", "mode", "comments_open", "section")
    list_select_related = ("site",)
    search_fields = ("title__contains", "key__contains")
    date_hierarchy = "published_at"
    ordering = ("-published_at",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:  # noqa: FBT001  (the admin's signature)
        """The editor who closes an article sees it closed, wherever he looks."""
        let_answers_expire()
        super().save_model(request, obj, form, change)


@admin.register(Reader)
class ReaderAdmin(ShownPage):
    list_display = ("__str__", "kind", "site", "created_at")
    list_filter = ("kind", "site")
    list_select_related = ("site",)
    search_fields = ("name__contains", "email__contains", "subject__exact")
    ordering = ("-created_at",)
    readonly_fields = ("mails_stopped",)

    @admin.display(description=_("mails stopped"), empty_value="-")
    def mails_stopped(self, reader: Reader) -> datetime | None:
        return addresses.stopped_at(addresses.digest_of(reader.email)) if reader.email else None


@admin.register(CannedNote)
class CannedNoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("text", "clause", "house_reason", "language", "site")
    list_filter = ("site", "language", "clause")
    list_select_related = ("site",)
    formfield_overrides = {models.TextField: {"widget": forms.Textarea({"rows": 4})}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        """Clauses by their names, and every house reason that a policy in force knows."""
        if db_field.name == "clause":
            return forms.ChoiceField(label=_("clause"), choices=[("", "–"), *((c, clause_name(c)) for c in Clause)], required=False)
        if db_field.name == "house_reason":
            return forms.ChoiceField(label=_("house reason"), choices=_house_reasons, required=False)
        return super().formfield_for_dbfield(db_field, request, **given)


@admin.register(Comment)
class CommentAdmin(ShownPage):
    list_display = ("author_name", "status", "submitted_at", "at_the_desk", "article")
    list_filter = ("status", "article__site", "submitted_at")
    list_select_related = ("article",)
    search_fields = ("revisions__search_text__contains",)
    search_help_text = _("Words of any of the comment's texts, its writer's name as written, or its id.")
    date_hierarchy = "submitted_at"
    ordering = ("-submitted_at",)
    fields = (
        ("public_id", "at_the_desk"),
        ("author_name", "reader"),
        ("article", "parent"),
        ("status", "status_since", "version"),
        ("submitted_at", "published_at", "edited_at"),
        "nudge_left",
    )
    readonly_fields = ("public_id", "at_the_desk")
    inlines = (Revisions, Decisions)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str) -> tuple[QuerySet[Comment], bool]:  # noqa: ARG002  (the admin's signature)
        """Words are folded as the stored texts were; the database's own idea of letters knows no Turkish."""
        if not (words := search_term.split()):
            return queryset, False
        if public_id := _public_id(search_term):
            return queryset.filter(public_id=public_id), False
        for word in words:
            queryset = queryset.filter(Q(revisions__search_text__contains=fold(word)) | Q(author_name__contains=word))
        return queryset, True

    @admin.display(description=_("at the desk"))
    def at_the_desk(self, comment: Comment) -> SafeString:
        return _link_to_the_desk(comment, _("Open"))


@admin.register(Decision)
class DecisionAdmin(DecisionWords, ShownPage):
    list_display = ("decided_at", "what", "actor_kind", "editor", "at_the_desk", "reasons", "from_status", "to_status")
    list_filter = ("to_status", ByClause, "actor_kind", "editor", "decided_at")
    list_select_related = ("comment", "editor")
    search_fields = ("comment__public_id__exact",)
    date_hierarchy = "decided_at"
    ordering = ("-decided_at", "-pk")
    readonly_fields = ("what", "reasons")
    fields = (
        ("comment", "version", "revision"),
        ("what", "from_status", "to_status"),
        ("actor_kind", "editor", "reader", "policy_version"),
        ("reasons", "note"),
        ("undoes", "decided_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).prefetch_related("clauses")

    @admin.display(description=_("comment"))
    def at_the_desk(self, decision: Decision) -> SafeString:
        return _link_to_the_desk(decision.comment, decision.comment.author_name or "–")


@admin.register(Event)
class EventAdmin(ShownPage):
    list_display = ("created_at", "decision", "due_at", "position")
    list_select_related = ("decision__comment",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")


@admin.register(Delivery)
class DeliveryAdmin(ShownPage):
    list_display = ("available_at", "kind", "state", "attempts", "last_error", "finished_at", "at_the_desk")
    list_filter = ("state", "kind")
    list_select_related = ("event__decision__comment",)
    date_hierarchy = "available_at"
    ordering = ("-available_at", "-pk")
    actions = ("try_again",)
    readonly_fields = ("at_the_desk",)
    fields = ("at_the_desk", ("kind", "state"), ("available_at", "leased_until", "finished_at"), ("attempts", "last_error"))

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_delivery")

    @admin.action(description=_("Try again what was given up"), permissions=["retry"])
    def try_again(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        number = MAILS.try_again(deliveries, now=timezone.now())
        bell.ring()
        told = ngettext("%(number)d message will be tried again.", "%(number)d messages will be tried again.", number) % {"number": number}
        self.message_user(request, told)

    @admin.display(description=_("comment"))
    def at_the_desk(self, delivery: Delivery) -> SafeString:
        comment = delivery.event.decision.comment
        return _link_to_the_desk(comment, comment.author_name or "–")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A key is made and revoked, never changed, and never deleted: decisions name it."""

    list_display = ("name", "prefix", "is_valid", "may_read", "may_submit", "may_moderate", "may_administer", "site", "expires_at")
    list_filter = ("site",)
    list_select_related = ("site",)
    ordering = ("-created_at",)
    actions = ("rotate", "revoke")
    fields = ("name", "site", ("may_read", "may_submit", "may_moderate", "may_administer"), "expires_at")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  (the admin's signature)
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_apikey")

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:  # noqa: FBT001  (the admin's signature)
        key = api_keys.new_key()
        for name, value in api_keys.columns(key).items():
            setattr(obj, name, value)
        obj.created_by = request.user if isinstance(request.user, User) else None
        super().save_model(request, obj, form, change)
        self.message_user(request, _("The key, which is shown only now: %(key)s") % {"key": key}, messages.WARNING)

    @admin.action(description=_("Rotate: a new key, while the present one counts for 24 hours"), permissions=["revoke"])
    def rotate(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        for row in keys:
            try:
                key = api_keys.rotate(row, now=timezone.now(), overlap=timedelta(hours=24))
            except api_keys.KeyRefused:
                self.message_user(request, _("“%(name)s” is refused already, so it was not rotated.") % {"name": row.name}, messages.ERROR)
            else:
                told = _("“%(name)s” has a new key, which is shown only now: %(key)s") % {"name": row.name, "key": key}
                self.message_user(request, told, messages.WARNING)

    @admin.action(description=_("Revoke: refuse from now on"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        for key in keys:
            api_keys.revoke(key, now=timezone.now())
        self.message_user(request, _("The chosen keys are refused from now on."))

    @admin.display(description=_("valid"), boolean=True)
    def is_valid(self, key: ApiKey) -> bool:
        return key.is_valid(timezone.now())


def _house_reasons() -> list[tuple[str, str]]:
    named = {key: spoken(name) for version in PolicyVersion.objects.filter(is_active=True) for key, name in version.policy.house_reasons.items()}
    return [("", "–"), *named.items()]


def _link_to_the_desk(comment: Comment, text: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("desk:comment", args=[comment.public_id]), text)


def _public_id(term: str) -> UUID | None:
    try:
        return UUID(term.strip())
    except ValueError:
        return None
