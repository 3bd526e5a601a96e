"""The admin's pages for what the news site embeds: allowed origins, a new secret, which is shown once, and who signs readers on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import embedding, sign_on
from comments.models import Embedding, SignOn

OVERLAP = timedelta(hours=24)


class EmbeddingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    makes_secret = forms.BooleanField(
        label=_("make a new secret"),
        required=False,
        help_text=_("With it the news site's pages sign the articles that they introduce. The present one counts for another 24 hours."),
    )

    class Meta:
        model = Embedding
        fields = ("site", "origins")


@admin.register(Embedding)
class EmbeddingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = EmbeddingForm
    fields = ("site", "origins", "makes_secret")
    list_display = ("site", "origins", "previous_until")
    list_select_related = ("site",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002  (the admin's signature)
        return ("site",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Embedding, form: Any, change: bool) -> None:  # noqa: FBT001  (the admin's signature)
        super().save_model(request, obj, form, change)
        if form.cleaned_data["makes_secret"]:
            secret = embedding.new_secret(obj.site, now=timezone.now(), overlap=OVERLAP)
            self.message_user(request, _("The secret, which is shown only now: %(secret)s") % {"secret": secret}, messages.WARNING)


class SignOnForm(forms.ModelForm):  # type: ignore[type-arg]
    """The secret is typed in and never shown again; left empty, the one that is kept stays."""

    secret = forms.CharField(
        label=_("secret"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("For HS256: the secret that the issuer signs with, 32 bytes or more. It is not shown again; left empty, it stays as it is."),
    )

    class Meta:
        model = SignOn
        # The page below says which.
        fields = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("algorithm") == SignOn.Algorithm.RS256:
            self.instance.sealed_secret = ""
            self._fetch(cleaned)
        elif cleaned.get("secret"):
            self._keep(cleaned["secret"])
        elif not self.instance.sealed_secret:
            self.add_error("secret", _("HS256 needs a secret."))
        return cleaned

    def _fetch(self, cleaned: dict[str, Any]) -> None:
        self.instance.keys_url = cleaned.get("keys_url", "")
        try:
            sign_on.fetch_keys(self.instance)
        except forms.ValidationError as error:
            self.add_error(None, error)
        else:
            cleaned["keys"] = self.instance.keys if self.instance.keys_url else cleaned.get("keys")

    def _keep(self, secret: str) -> None:
        try:
            self.instance.sealed_secret = sign_on.sealed(secret)
        except forms.ValidationError as error:
            self.add_error("secret", error)


@admin.register(SignOn)
class SignOnAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SignOnForm
    fields = ("site", "issuer", "audience", "algorithm", "secret", "keys", "keys_url")
    list_display = ("issuer", "audience", "algorithm", "site")
    list_select_related = ("site",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
