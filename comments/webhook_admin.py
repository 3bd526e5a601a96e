"""The admin's pages of webhooks: where messages go, under which secret, and the log of every one with its last answer."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import bell
from comments.admin_pages import ShownPage
from comments.delivery.webhooks import endpoints, messages
from comments.delivery.webhooks.sending import QUEUE
from comments.models import WebhookEndpoint, WebhookMessage


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    kinds = forms.MultipleChoiceField(
        label=_("Told of"),
        choices=[(subject, subject) for subject in messages.SUBJECTS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("“purge” names the addresses that a cache should fetch anew."),
    )

    def clean_url(self) -> str:
        """What can be told without asking the network; the rest is checked whenever a message is sent."""
        url: str = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.scheme != "https" and not settings.TARGETS_MAY_BE_PRIVATE:
            raise ValidationError(_("The address begins with https://."), code="no_https")
        if parts.username is not None or parts.password is not None or not url.isascii():
            raise ValidationError(_("The address holds no user name, and international names are written as xn--…"), code="unreadable")
        return url


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = WebhookForm
    list_display = ("name", "url", "state", "failures", "failing_since", "site")
    list_filter = ("site", "state")
    list_select_related = ("site",)
    ordering = ("name", "pk")
    actions = ("change_secret", "send_a_test", "enable", "disable")
    readonly_fields = ("state", "shown_secret", "previous_until", "failures", "failing_since", "resting_until")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The secret only to whoever may change it."""
        fields: list[Any] = ["name", "site", "url", "kinds"]
        if obj is None:
            return fields
        if self.has_change_permission(request, obj):
            fields.append(("shown_secret", "previous_until"))
        return [*fields, "state", ("failures", "failing_since", "resting_until")]

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool) -> None:  # noqa: FBT001  (the admin's signature)
        obj.secret = obj.secret or endpoints.new_secret()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("secret"))
    def shown_secret(self, endpoint: WebhookEndpoint) -> SafeString:
        return format_html("<code>{}</code>", endpoint.secret)

    @admin.action(description=_("Change the secret: both sign for three days"), permissions=["change"])
    def change_secret(self, request: HttpRequest, chosen: "QuerySet[WebhookEndpoint]") -> None:
        for endpoint in chosen:
            endpoints.change_secret(endpoint, now=timezone.now())
        self.message_user(request, _("The new secret stands on the webhook's page."))

    @admin.action(description=_("Send a test message"), permissions=["change"])
    def send_a_test(self, request: HttpRequest, chosen: "QuerySet[WebhookEndpoint]") -> None:
        for endpoint in chosen:
            messages.prepare_test(endpoint, now=timezone.now())
        bell.ring()
        self.message_user(request, _("The message is on its way; the log of webhook messages tells what was answered."))

    @admin.action(description=_("Enable: tell it of changes from now on"), permissions=["change"])
    def enable(self, request: HttpRequest, chosen: "QuerySet[WebhookEndpoint]") -> None:
        endpoints.enable(chosen)
        self.message_user(request, _("The chosen webhooks are enabled. What they missed is in the feed."))

    @admin.action(description=_("Disable: send nothing"), permissions=["change"])
    def disable(self, request: HttpRequest, chosen: "QuerySet[WebhookEndpoint]") -> None:
        chosen.update(state=WebhookEndpoint.State.DISABLED)
        self.message_user(request, _("The chosen webhooks are disabled."))


@admin.register(WebhookMessage)
class WebhookMessageAdmin(ShownPage):
    list_display = ("created_at", "what", "endpoint", "state", "attempts", "last_status", "last_error", "available_at", "finished_at")
    list_filter = ("state", "kind", "endpoint")
    list_select_related = ("endpoint", "event__decision")
    search_fields = ("public_id__exact", "event__decision__comment__public_id__exact")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    actions = ("replay",)
    readonly_fields = ("what",)
    fields = (("public_id", "what"), "endpoint", "state", ("created_at", "available_at", "finished_at"), ("attempts", "last_status"), "last_error")

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_webhookmessage")

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, message: WebhookMessage) -> str:
        return messages.subject(message)

    @admin.action(description=_("Send again, as if for the first time"), permissions=["replay"])
    def replay(self, request: HttpRequest, chosen: "QuerySet[WebhookMessage]") -> None:
        number = QUEUE.repeat(chosen, now=timezone.now())
        bell.ring()
        told = ngettext("%(number)d message will be sent again.", "%(number)d messages will be sent again.", number) % {"number": number}
        self.message_user(request, told)
