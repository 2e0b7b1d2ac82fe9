"""A review of a page that ships can be taken back, and it is known since when an edition is there to be reviewed.

What was unique among all reviews is so among those that stand: an index cannot ask another table, so a trigger does.
"""

import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable

STANDING = """
CREATE FUNCTION library_review_stands_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    twice text;
BEGIN
    -- Two at once: the second one waits, and then sees the first.
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.district_id || ':' || NEW.page || ':' || NEW.edition, 0));
    SELECT CASE WHEN one.taken_by_id = NEW.taken_by_id THEN 'page_reviewer_once' ELSE 'page_review_once' END INTO twice
    FROM library_pagereview one
    WHERE one.district_id = NEW.district_id AND one.page = NEW.page AND one.edition = NEW.edition
      AND (one.step = NEW.step OR one.taken_by_id = NEW.taken_by_id)
      AND NOT EXISTS (SELECT FROM library_pagereviewend gone WHERE gone.review_id = one.id)
    LIMIT 1;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION '%: three reviews that stand are three people''s', twice USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_review_stands_once BEFORE INSERT ON library_pagereview
    FOR EACH ROW EXECUTE FUNCTION library_review_stands_once();
"""
WHY = ["mistaken", "not_right", "can_hurt", "law_changed", "not_theirs"]


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0010_words_kept_over_an_edition"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageArrival",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("page", models.CharField(max_length=60)),
                ("edition", models.CharField(max_length=12)),
                ("came_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district_id", "page", "edition"), name="page_arrival_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PageReviewEnd",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("reason", models.CharField(choices=[(why, why) for why in WHY], max_length=16)),
                ("taken_at", models.DateTimeField()),
                (
                    "review",
                    upstander.foundation.kernel.models.DistrictForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="library.pagereview",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("review",), name="page_review_end_once")]},
        ),
        migrations.RemoveConstraint(model_name="pagereview", name="page_review_once"),
        migrations.RemoveConstraint(model_name="pagereview", name="page_reviewer_once"),
        migrations.AddIndex(
            model_name="pagereview",
            index=models.Index(fields=["district_id", "page", "edition"], name="page_review_of_edition"),
        ),
        SecureTable("library_pagearrival", append_only=True),
        SecureTable("library_pagereviewend", keys={"review_id": "library_pagereview"}, append_only=True),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop),
    ]
