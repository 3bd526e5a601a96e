"""What all views of the API have in common, and the answer where there is no view."""

from typing import Any

from django.http import Http404, HttpRequest
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from comments.api.authentication import HeaderAuthentication, SessionAuthentication


class JSONOnly(DefaultContentNegotiation):
    """There is one kind of answer, whatever the header Accept prefers."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[BaseRenderer, str]:  # noqa: ARG002  (the framework's signature)
        renderer: BaseRenderer = renderers[0]
        return renderer, str(renderer.media_type)


class View(APIView):
    """Open to anyone. It asks for nobody's key or session, so that one answer serves everybody."""

    authentication_classes = []
    permission_classes = []
    content_negotiation_class = JSONOnly
    http_method_names = ["get", "head", "post", "put"]


class ReadByAnyone(View):
    """Reading asks for nobody's key; what changes something does."""

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        self.authentication_classes = [] if request.method in SAFE_METHODS else [HeaderAuthentication]
        return super().initialize_request(request, *args, **kwargs)


class WritersView(View):
    """For guests, the site's users and its servers. An editor's session counts for nothing here: who writes a comment is a reader."""

    authentication_classes = [HeaderAuthentication]


class EditorsView(View):
    """For editors, signed in to the admin or by key; each method still asks for what its caller must be."""

    authentication_classes = [HeaderAuthentication, SessionAuthentication]


class Nowhere(View):
    """An address that the API does not have, or not yet."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002  (the framework's signature)
        raise Http404
