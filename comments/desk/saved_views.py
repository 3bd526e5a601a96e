"""The views that an editor comes back to: a place at the desk under a name."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from comments.desk.access import LOOK, editors_with, posted_from
from comments.desk.places import Place, place_asked_for
from comments.models import SavedView


class NameForm(forms.Form):
    name = forms.CharField(max_length=60, error_messages={"required": _("Give the view a name.")})


@posted_from(place_asked_for)
@editors_with(LOOK)
def save(request: HttpRequest, editor: User) -> HttpResponse:
    """The place of the query string, without page and comment; a name that is used already means this place from now on."""
    place, form = Place.read(request.GET).start(), NameForm(request.POST)
    if form.is_valid():
        SavedView.objects.update_or_create(editor=editor, name=form.cleaned_data["name"], defaults={"query": place.query})
        messages.success(request, _("The view was saved."))
    else:
        messages.error(request, " ".join(str(sentence) for sentences in form.errors.values() for sentence in sentences))
    return HttpResponseRedirect(place.url, status=303)


@posted_from(place_asked_for)
@editors_with(LOOK)
def forget(request: HttpRequest, editor: User, key: int) -> HttpResponse:
    editor.saved_views.filter(pk=key).delete()
    return HttpResponseRedirect(Place.read(request.GET).url, status=303)
