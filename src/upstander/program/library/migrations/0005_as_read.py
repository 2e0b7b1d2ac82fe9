"""Three reviews are three people's, and what readers see is the version that they read.

A page's words stand in two of Wagtail's tables, beside the versions in which they were approved. When a page goes live
the database itself writes there what the approved version says; while it is live it takes nothing else.
"""

from django.db import migrations, models

REVIEW = models.Q(step__in=["legal", "survivor_advisor", "language"])

AS_READ = """
ALTER TABLE wagtailcore_page ADD CONSTRAINT library_depth CHECK (length(path) = depth * 4);

CREATE OR REPLACE FUNCTION library_reviewed(page bigint, version bigint, before bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    WITH approved AS (
        SELECT review.role, state.finished_by_id AS person
        FROM wagtailcore_taskstate state JOIN library_reviewtask review ON review.task_ptr_id = state.task_id
        WHERE state.revision_id = version AND state.status = 'approved'
          AND NOT EXISTS (
            SELECT FROM wagtailcore_revision wrote
            WHERE wrote.object_id = page::text AND wrote.user_id = state.finished_by_id
              AND wrote.id > coalesce(before, 0) AND wrote.id <= version)
    )
    SELECT EXISTS (
        SELECT FROM approved one JOIN approved two ON one.role < two.role JOIN approved three ON two.role < three.role
        WHERE one.person <> two.person AND two.person <> three.person AND three.person <> one.person)
$$;

CREATE OR REPLACE FUNCTION library_goes_live() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version jsonb := (SELECT content FROM wagtailcore_revision WHERE id = NEW.live_revision_id);
    before bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN before := OLD.live_revision_id; END IF;
    IF (TG_OP = 'INSERT' OR NOT OLD.live OR OLD.live_revision_id IS DISTINCT FROM NEW.live_revision_id)
        AND library_reviewed(NEW.id, NEW.live_revision_id, before) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'a page goes live once it is approved in three roles by three people, by others than its authors'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.title, NEW.slug) IS DISTINCT FROM (version ->> 'title', version ->> 'slug') THEN
        RAISE EXCEPTION 'what readers see is what was approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION library_says_as_read() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version jsonb := (
    SELECT read.content FROM wagtailcore_revision read JOIN wagtailcore_page page ON page.live_revision_id = read.id
    WHERE page.id = NEW.page_ptr_id AND page.live);
BEGIN
    IF NOT (to_jsonb(NEW) - '{page_ptr_id,body}'::text[] <@ version AND NEW.body = (version ->> 'body')::jsonb) THEN
        RAISE EXCEPTION 'what readers see is what was approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_says_as_read BEFORE INSERT OR UPDATE ON library_ownpage
    FOR EACH ROW EXECUTE FUNCTION library_says_as_read();

CREATE FUNCTION library_shows_as_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE library_ownpage own
    SET (title_es, tab, kind, audience, is_for_staff, summary_en, summary_es, body) = (
        SELECT title_es, tab, kind, audience, is_for_staff, summary_en, summary_es, said.body
        FROM jsonb_populate_record(
            own, read.content || jsonb_build_object('body', (read.content ->> 'body')::jsonb)) said)
    FROM wagtailcore_revision read
    WHERE read.id = NEW.live_revision_id AND own.page_ptr_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER library_shows_as_read AFTER UPDATE ON wagtailcore_page
    FOR EACH ROW WHEN (NEW.live AND NEW.depth > 2) EXECUTE FUNCTION library_shows_as_read();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0004_walls")]

    operations = [
        migrations.AddConstraint(
            "passagestep",
            models.UniqueConstraint(
                fields=("district_id", "passage", "taken_by"), condition=REVIEW, name="passage_reviewer_once"
            ),
        ),
        migrations.AddConstraint(
            "campaignstep",
            models.UniqueConstraint(
                fields=("district_id", "campaign", "taken_by"), condition=REVIEW, name="campaign_reviewer_once"
            ),
        ),
        migrations.RunSQL(AS_READ),
    ]
