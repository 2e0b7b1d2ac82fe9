from django.db import migrations

# A request that was confirmed before confirmed ones had a day by which somebody has to act: the day of its session.
DUE = """
    UPDATE training_request request SET due_on = session.on
    FROM training_session session
    WHERE session.district_id = request.district_id AND session.request_id = request.id
        AND session.state <> 'cancelled' AND request.state = 'confirmed' AND request.due_on IS NULL"""


class Migration(migrations.Migration):
    dependencies = [("training", "0028_a_decline_taken_back")]

    operations = [migrations.RunSQL(DUE, migrations.RunSQL.noop)]
