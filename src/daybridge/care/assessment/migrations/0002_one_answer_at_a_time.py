"""A need has at most one current answer; former answers stay. What was answered is carried over."""

import daybridge.care.assessment.models
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The answer of each need, and those it had before (kept by its history), become rows. One that
# was put off without a day comes up again at once; one without words says so.
COPY = """
WITH said AS (
  SELECT id AS need, client_id, answer, how, answered_at, NULL::timestamptz AS gone, found_by_id
  FROM assessment_need WHERE answer <> 'none_yet'
  UNION ALL
  SELECT pgh_obj_id, client_id, answer, how, answered_at, max(pgh_created_at), min(found_by_id)
  FROM assessment_needevent e WHERE answer <> 'none_yet' AND pgh_label = 'before_change'
    AND NOT EXISTS (SELECT FROM assessment_need n WHERE n.id = e.pgh_obj_id
                    AND n.answered_at = e.answered_at)
  GROUP BY pgh_obj_id, client_id, answer, how, answered_at
), each AS (
  SELECT DISTINCT ON (need, answered_at) * FROM said ORDER BY need, answered_at, gone NULLS FIRST
)
INSERT INTO assessment_needanswer
  (client_id, need_id, answer, words, again_on, from_at, until_at, ended_why, by_id)
SELECT client_id, need, answer, CASE how WHEN '' THEN 'how was not written down' ELSE how END,
  CASE answer WHEN 'deferred' THEN answered_at::date END, answered_at,
  coalesce(lead(answered_at) OVER (PARTITION BY need ORDER BY answered_at),
           greatest(gone, answered_at)), '', found_by_id
FROM each;
SET CONSTRAINTS ALL IMMEDIATE;
"""

# An answer ends once and is never rewritten, by whoever is at the database.
GUARD = """
CREATE FUNCTION assessment_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.until_at IS NULL AND NEW.until_at IS NOT NULL
     AND (to_jsonb(NEW) - '{until_at,ended_why}'::text[])
       = (to_jsonb(OLD) - '{until_at,ended_why}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an answer to a need ends and is not rewritten' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER keep_answer BEFORE UPDATE OR DELETE ON assessment_needanswer
  FOR EACH ROW EXECUTE FUNCTION assessment_keep_answer();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON assessment_needanswer
  FOR EACH STATEMENT EXECUTE FUNCTION assessment_keep_answer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0001_initial'),
        ('people', '0002_age_without_the_birth_date'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NeedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('here', 'treated here'), ('referred', 'referred'), ('deferred', 'put off'), ('declined', 'declined by the client')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('again_on', models.DateField(null=True)),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name='needanswer',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='needanswer',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='needanswer',
            name='need',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessment.need'),
        ),
        migrations.AddField(
            model_name='needanswer',
            name='referral',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral'),
        ),
        migrations.AddIndex(
            model_name='needanswer',
            index=models.Index(fields=['client', 'need', 'from_at'], name='need_answers_of'),
        ),
        migrations.AddIndex(
            model_name='needanswer',
            index=models.Index(condition=models.Q(('until_at', None)), fields=['again_on'], name='answers_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='needanswer',
            constraint=models.CheckConstraint(condition=models.Q(('until_at', None), ('until_at__gte', models.F('from_at')), _connector='OR'), name='an_answer_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='needanswer',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('need', '='), (daybridge.care.assessment.models.Times('from_at', 'until_at'), '&&')], name='one_answer_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='needanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('need',), name='one_current_answer_a_need'),
        ),
        migrations.AddConstraint(
            model_name='needanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'deferred'), _negated=True), ('again_on__isnull', False), _connector='OR'), name='put_off_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='needanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'referred'), _negated=True), ('referral__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='referred_to_somebody'),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='need',
            name='before_change_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='need',
            name='before_removal_delete',
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop, elidable=True),
        migrations.RemoveConstraint(
            model_name='need',
            name='an_answered_need_has_a_time',
        ),
        migrations.RemoveIndex(
            model_name='need',
            name='needs_of',
        ),
        migrations.RemoveField(
            model_name='need',
            name='answer',
        ),
        migrations.RemoveField(
            model_name='need',
            name='answered_at',
        ),
        migrations.RemoveField(
            model_name='need',
            name='evaluation',
        ),
        migrations.RemoveField(
            model_name='need',
            name='how',
        ),
        migrations.RemoveField(
            model_name='needevent',
            name='answer',
        ),
        migrations.RemoveField(
            model_name='needevent',
            name='answered_at',
        ),
        migrations.RemoveField(
            model_name='needevent',
            name='evaluation',
        ),
        migrations.RemoveField(
            model_name='needevent',
            name='how',
        ),
        migrations.AddField(
            model_name='need',
            name='source',
            field=models.CharField(blank=True, help_text='What found it, once each', max_length=80),
        ),
        migrations.AddField(
            model_name='need',
            name='source_words',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='need',
            name='urgency',
            field=models.CharField(choices=[('routine', 'routine'), ('soon', 'soon'), ('high', 'urgent')], default='routine', max_length=7),
        ),
        migrations.AddField(
            model_name='needevent',
            name='source',
            field=models.CharField(blank=True, help_text='What found it, once each', max_length=80),
        ),
        migrations.AddField(
            model_name='needevent',
            name='source_words',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='needevent',
            name='urgency',
            field=models.CharField(choices=[('routine', 'routine'), ('soon', 'soon'), ('high', 'urgent')], default='routine', max_length=7),
        ),
        migrations.AlterField(
            model_name='need',
            name='found_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='needevent',
            name='found_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['client', 'found_at'], name='needs_of_client'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessment_needevent" ("client_id", "domain", "found_at", "found_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_words", "urgency", "words") VALUES (OLD."client_id", OLD."domain", OLD."found_at", OLD."found_by_id", OLD."id", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."source", OLD."source_words", OLD."urgency", OLD."words"); RETURN NULL;', hash='cf453985c95e1ea0df1a4599e25d4537903c3e26', operation='UPDATE', pgid='pgtrigger_before_change_update_04f51', table='assessment_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessment_needevent" ("client_id", "domain", "found_at", "found_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_words", "urgency", "words") VALUES (OLD."client_id", OLD."domain", OLD."found_at", OLD."found_by_id", OLD."id", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."source", OLD."source_words", OLD."urgency", OLD."words"); RETURN NULL;', hash='7c0948e0ce4e406b62d147e7aa15760e91068e29', operation='DELETE', pgid='pgtrigger_before_removal_delete_fcd29', table='assessment_need', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('client', 'source'), name='a_source_finds_a_need_once'),
        ),
    ]
