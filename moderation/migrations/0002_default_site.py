"""One site and its first policy version, which differs in nothing from the engine's default."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_default_site(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    site = apps.get_model("moderation", "Site").objects.create(key="default", name="Mizan")
    apps.get_model("moderation", "PolicyVersion").objects.create(site=site, number=1, data={}, is_active=True)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [migrations.RunPython(make_default_site, migrations.RunPython.noop)]
