"""A plan signed by somebody in training waits for a second signature, once."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE OR REPLACE FUNCTION planning_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marks text[] := '{clinician_signed_at,client_signed_at,signed_at,set_aside_at,set_aside_why,clinician_id,cosign_due,cosigner_id,cosigned_at}';
BEGIN
  -- a co-signature comes once, also after both have signed
  IF TG_OP = 'UPDATE' AND OLD.cosign_due AND OLD.cosigned_at IS NULL AND NEW.cosigned_at IS NOT NULL
     AND to_jsonb(NEW) - '{cosigned_at}'::text[] = to_jsonb(OLD) - '{cosigned_at}'::text[] THEN
    RETURN NEW;
  END IF;
  IF OLD.signed_at IS NOT NULL OR OLD.set_aside_at IS NOT NULL
     OR ((OLD.clinician_signed_at IS NOT NULL OR OLD.client_signed_at IS NOT NULL) AND (
       TG_OP = 'DELETE'
       OR to_jsonb(NEW) - marks IS DISTINCT FROM to_jsonb(OLD) - marks
       OR (OLD.clinician_signed_at IS NOT NULL AND
           (NEW.clinician_signed_at, NEW.clinician_id, NEW.cosign_due, NEW.cosigner_id, NEW.cosigned_at)
           IS DISTINCT FROM
           (OLD.clinician_signed_at, OLD.clinician_id, OLD.cosign_due, OLD.cosigner_id, OLD.cosigned_at))
       OR (OLD.client_signed_at IS NOT NULL
           AND NEW.client_signed_at IS DISTINCT FROM OLD.client_signed_at)))
  THEN
    RAISE EXCEPTION 'a signed plan does not change: write an addendum' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0004_signed_stays_signed_in_depth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='plan',
            name='before_change_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plan',
            name='before_removal_delete',
        ),
        migrations.AddField(
            model_name='plan',
            name='clinician',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plan',
            name='cosign_due',
            field=models.BooleanField(default=False, help_text='The licence asks for a second one'),
        ),
        migrations.AddField(
            model_name='plan',
            name='cosigned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='cosigner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planevent',
            name='clinician',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planevent',
            name='cosign_due',
            field=models.BooleanField(default=False, help_text='The licence asks for a second one'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='cosigned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='planevent',
            name='cosigner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "planning_planevent" ("client_id", "client_signed_at", "clinician_id", "clinician_signed_at", "cosign_due", "cosigned_at", "cosigner_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_aside_at", "set_aside_why", "signed_at", "started_at", "stay_id", "strengths", "version") VALUES (OLD."client_id", OLD."client_signed_at", OLD."clinician_id", OLD."clinician_signed_at", OLD."cosign_due", OLD."cosigned_at", OLD."cosigner_id", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."set_aside_at", OLD."set_aside_why", OLD."signed_at", OLD."started_at", OLD."stay_id", OLD."strengths", OLD."version"); RETURN NULL;', hash='727c1bb46a0dd0587f34a4ac654ef2728a24c1e9', operation='UPDATE', pgid='pgtrigger_before_change_update_ca5ba', table='planning_plan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "planning_planevent" ("client_id", "client_signed_at", "clinician_id", "clinician_signed_at", "cosign_due", "cosigned_at", "cosigner_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_aside_at", "set_aside_why", "signed_at", "started_at", "stay_id", "strengths", "version") VALUES (OLD."client_id", OLD."client_signed_at", OLD."clinician_id", OLD."clinician_signed_at", OLD."cosign_due", OLD."cosigned_at", OLD."cosigner_id", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."set_aside_at", OLD."set_aside_why", OLD."signed_at", OLD."started_at", OLD."stay_id", OLD."strengths", OLD."version"); RETURN NULL;', hash='ed85e7b05bce6792a4c5c41aa9d3d12984c92c6b', operation='DELETE', pgid='pgtrigger_before_removal_delete_a35bc', table='planning_plan', when='AFTER')),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
