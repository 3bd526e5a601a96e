"""A puzzle for guests who send more than others: its solution goes with what is sent, in the header Proof."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from comments import floods
from comments.api.views import View


class Challenge(View):
    """A proof of work to be done."""

    def get(self, request: Request) -> Response:  # noqa: ARG002  (the framework's signature)
        """Of ALTCHA's second protocol; solved once, it counts once."""
        return Response(floods.challenge(now=timezone.now()))
