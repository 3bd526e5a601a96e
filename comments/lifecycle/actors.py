"""Who makes a move, with exactly the one reference that goes with it."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from comments.models import ActorKind, ApiKey, Reader
from moderation.models import PolicyVersion

Editor = User | ApiKey


@dataclass(frozen=True, slots=True)
class Actor:
    """Made by the class methods only, so that kind and reference agree."""

    kind: ActorKind
    policy_version: PolicyVersion | None = None
    editor: User | None = None
    api_key: ApiKey | None = None
    reader: Reader | None = None

    @classmethod
    def policy(cls, version: PolicyVersion) -> "Actor":
        return cls(ActorKind.POLICY, policy_version=version)

    @classmethod
    def by_editor(cls, editor: Editor) -> "Actor":
        """A person at the desk, or the site's server with a key that may moderate."""
        return cls(ActorKind.KEY, api_key=editor) if isinstance(editor, ApiKey) else cls(ActorKind.EDITOR, editor=editor)

    @classmethod
    def writer(cls, reader: Reader) -> "Actor":
        return cls(ActorKind.WRITER, reader=reader)

    @classmethod
    def system(cls) -> "Actor":
        return cls(ActorKind.SYSTEM)
