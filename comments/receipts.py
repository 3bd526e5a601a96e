"""The receipt of a comment: a token that only its writer was given, derived from the comment and the secret key, kept nowhere."""

from uuid import UUID

from django.core import signing

from comments.models import Comment

_SIGNER_SALT = "comments.receipt"


def token_for(comment: Comment) -> str:
    return _signer().sign(comment.public_id.hex)


def comment_id(token: str) -> UUID | None:
    """The public id of the comment whose receipt this is; None for a forged or mutilated token."""
    try:
        return UUID(hex=_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT, sep=".")
