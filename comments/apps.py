from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from corsheaders.signals import check_request_enabled  # noqa: PLC0415

        from comments import lifecycle, roles  # noqa: PLC0415  (models may not load before the apps)
        from comments.api import origins  # noqa: PLC0415
        from comments.delivery import occasions  # noqa: PLC0415

        lifecycle.event_logged.connect(occasions.prepare)
        check_request_enabled.connect(origins.is_allowed)
        post_migrate.connect(roles.make_groups, sender=self, dispatch_uid="comments.roles")
