# Begun by Django 5.2.19 on 2026-11-24 02:15

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


COUNTS = """
CREATE OR REPLACE FUNCTION schedule_no_contact_sessions(wanted bigint[])
RETURNS TABLE (client_id bigint, occurrence_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT pair.me, o.id FROM (
    SELECT n.client_id AS me, n.other_id AS them, n.from_day, n.until_day FROM schedule_nocontact n
    UNION ALL SELECT n.other_id, n.client_id, n.from_day, n.until_day FROM schedule_nocontact n) AS pair
  JOIN schedule_occurrence o ON o.id = ANY(wanted)
    AND pair.from_day <= o.day AND (pair.until_day IS NULL OR pair.until_day >= o.day)
  WHERE EXISTS (SELECT FROM schedule_expected e WHERE e.occurrence_id = o.id AND e.client_id = pair.them
                AND e.state = 'expected')
     OR EXISTS (SELECT FROM schedule_membership m WHERE m.series_id = o.series_id AND m.client_id = pair.them
                AND m.from_day <= o.day AND (m.until_day IS NULL OR m.until_day >= o.day)) $$;
CREATE OR REPLACE FUNCTION schedule_meets_no_contact(one bigint, wanted_series bigint, on_day date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM schedule_nocontact n JOIN schedule_membership m
    ON m.client_id = CASE WHEN n.client_id = one THEN n.other_id ELSE n.client_id END
    WHERE one IN (n.client_id, n.other_id) AND m.series_id = wanted_series
    AND (m.until_day IS NULL OR m.until_day >= greatest(on_day, n.from_day))
    AND (n.until_day IS NULL OR n.until_day >= greatest(on_day, m.from_day))) $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('schedule', '0002_seats'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='nocontact',
            name='reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocontact',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schedule_nocontactevent" ("client_id", "from_day", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_day") VALUES (OLD."client_id", OLD."from_day", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."reason", OLD."until_day"); RETURN NULL;', hash='26de88f1bcd525991b5084929d7c31eb99ce95af', operation='UPDATE', pgid='pgtrigger_before_change_update_dac79', table='schedule_nocontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocontact',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schedule_nocontactevent" ("client_id", "from_day", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_day") VALUES (OLD."client_id", OLD."from_day", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."reason", OLD."until_day"); RETURN NULL;', hash='cda7521eee85c7469cc2e058f6c6487ce9c45d07', operation='DELETE', pgid='pgtrigger_before_removal_delete_610ee', table='schedule_nocontact', when='AFTER')),
        ),
        migrations.AddField(
            model_name='nocontactevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='nocontactevent',
            name='other',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='nocontactevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='nocontactevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schedule.nocontact'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocontactevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a6da5638b571c94c96d18aa160d1b08e0f28b85', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d4f8', table='schedule_nocontactevent', when='BEFORE')),
        ),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
    ]
