"""Row security for Wagtail's tables, the rule that only what is reviewed goes live, and the reviews themselves.

Wagtail's tables have no district column. Its pages and collections are trees, and a district is one branch of each, so
the wall stands along the branch: what is below another district's is not there. Everything that hangs on a page, a
collection or a picture follows it. Memberships in groups follow the seats of the district, and with them everything
that Wagtail asks about permissions.
"""

from typing import Any

from django.conf import settings
from django.db import migrations

from upstander.foundation.kernel.tenancy import SecureTable

PAGES = "(SELECT id::text FROM wagtailcore_page WHERE depth > 1)"
MINE = "left(path, 8) = (SELECT {}_path FROM library_shelf)"
RULES = {
    "wagtailcore_page": MINE.format("page"),
    "wagtailcore_collection": MINE.format("collection"),
    "library_ownshelf": "page_ptr_id IN (SELECT id FROM wagtailcore_page)",
    "library_ownpage": "page_ptr_id IN (SELECT id FROM wagtailcore_page)",
    "wagtailcore_revision": f"object_id IN {PAGES}",
    "wagtailcore_workflowstate": f"object_id IN {PAGES}",
    "wagtailcore_taskstate": "workflow_state_id IN (SELECT id FROM wagtailcore_workflowstate)",
    "wagtailcore_pagelogentry": "page_id IN (SELECT id FROM wagtailcore_page)",
    "library_picture": "collection_id IN (SELECT id FROM wagtailcore_collection WHERE depth > 1)",
    "library_picturerendition": "image_id IN (SELECT id FROM library_picture)",
    "wagtailcore_modellogentry": "object_id IN (SELECT id::text FROM library_picture)",
    "accounts_account_groups": "group_id IN (SELECT group_id FROM library_seat)",
}
ROOTS = {"wagtailcore_page", "wagtailcore_collection"}  # the roots belong to nobody: read by all, written by none


def policy(table: str, rule: str) -> str:
    seen = f"depth = 1 OR {rule}" if table in ROOTS else rule
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY district ON {table} USING ({seen}) WITH CHECK ({rule});"
    )


REVIEWED = """
CREATE FUNCTION library_reviewed(page bigint, version bigint, before bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT review.role) = 3
    FROM wagtailcore_taskstate state JOIN library_reviewtask review ON review.task_ptr_id = state.task_id
    WHERE state.revision_id = version AND state.status = 'approved' AND state.finished_by_id IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM wagtailcore_revision wrote
        WHERE wrote.object_id = page::text AND wrote.user_id = state.finished_by_id
          AND wrote.id > coalesce(before, 0) AND wrote.id <= version)
$$;

CREATE FUNCTION library_goes_live() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.live AND OLD.live_revision_id IS NOT DISTINCT FROM NEW.live_revision_id THEN RETURN NEW; END IF;
        before := OLD.live_revision_id;
    END IF;
    IF library_reviewed(NEW.id, NEW.live_revision_id, before) IS NOT TRUE THEN
        RAISE EXCEPTION 'a page goes live once it is approved in three roles, by others than its authors' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_goes_live BEFORE INSERT OR UPDATE ON wagtailcore_page
    FOR EACH ROW WHEN (NEW.live AND NEW.depth > 2) EXECUTE FUNCTION library_goes_live();

CREATE FUNCTION library_stays_as_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM wagtailcore_taskstate WHERE revision_id = OLD.id AND status = 'approved') THEN
        RAISE EXCEPTION 'what somebody approved stays as they read it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_stays_as_read BEFORE UPDATE ON wagtailcore_revision
    FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content OR OLD.user_id IS DISTINCT FROM NEW.user_id)
    EXECUTE FUNCTION library_stays_as_read();

CREATE FUNCTION library_forgets_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM library_storedpicture WHERE name = OLD.file;
    RETURN NULL;
END $$;
CREATE TRIGGER library_forgets_bytes AFTER DELETE ON library_picture
    FOR EACH ROW EXECUTE FUNCTION library_forgets_bytes();
CREATE TRIGGER library_forgets_bytes AFTER DELETE ON library_picturerendition
    FOR EACH ROW EXECUTE FUNCTION library_forgets_bytes();
"""
ROLES = {"legal": "Legal review", "survivor_advisor": "Review by a survivor advisor", "language": "Language review"}


def begin(apps: Any, schema_editor: Any) -> None:
    """Wagtail's own first page, site, groups and workflow go; one workflow of three reviews stands at the root."""
    get = apps.get_model
    get("wagtailcore", "WorkflowPage").objects.all().delete()
    get("wagtailcore", "WorkflowTask").objects.all().delete()
    get("wagtailcore", "Workflow").objects.all().delete()
    get("wagtailcore", "GroupApprovalTask").objects.all().delete()
    get("wagtailcore", "Task").objects.all().delete()
    get("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    get("wagtailcore", "Site").objects.all().delete()
    get("wagtailcore", "Page").objects.filter(depth__gt=1).delete()
    root = get("wagtailcore", "Page").objects.get(depth=1)
    # A branch is opened by its path, not by counting: its neighbors are behind the wall. So the roots always have some.
    get("wagtailcore", "Page").objects.filter(depth=1).update(numchild=1)
    get("wagtailcore", "Collection").objects.filter(depth=1).update(numchild=1)
    kind, _ = get("contenttypes", "ContentType").objects.get_or_create(app_label="library", model="reviewtask")
    workflow = get("wagtailcore", "Workflow").objects.create(name="Three reviews", active=True)
    get("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)
    for order, (role, name) in enumerate(ROLES.items()):
        task = get("library", "ReviewTask").objects.create(name=name, role=role, active=True, content_type=kind)
        get("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would hold up the walls


def nobody_holds_by_hand(apps: Any, schema_editor: Any) -> None:
    """What an account may do at the explorer comes with its seats: the serving role cannot write anything else."""
    role = schema_editor.quote_name(settings.DATABASE_APP_ROLE)
    schema_editor.execute(f"REVOKE INSERT, UPDATE ON accounts_account_user_permissions FROM {role}", params=None)


class Migration(migrations.Migration):
    dependencies = [("library", "0003_own_pages")]

    operations = [
        SecureTable("library_shelf"),
        SecureTable("library_seat"),
        SecureTable("library_storedpicture"),
        migrations.RunPython(begin),
        migrations.RunSQL([policy(table, rule) for table, rule in RULES.items()]),
        migrations.RunSQL(REVIEWED),
        migrations.RunPython(nobody_holds_by_hand),
    ]
