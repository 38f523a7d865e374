"""Services, partners, referrals; a closed loop stays closed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# What was sent stays as it was sent, and a closed loop stays closed.
GUARD = """
CREATE FUNCTION referrals_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.closed_at IS NULL
     AND (to_jsonb(NEW) - '{state,state_at,closed_at,chased_at,owner_id,need_id}'::text[])
       = (to_jsonb(OLD) - '{state,state_at,closed_at,chased_at,owner_id,need_id}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a referral keeps what was sent, and its end' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON referrals_referral
  FOR EACH ROW EXECUTE FUNCTION referrals_keep();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_age_without_the_birth_date'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('does', models.CharField(blank=True, max_length=500)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('agreement', models.CharField(choices=[('none', 'none yet'), ('qsoa', 'QSOA (42 CFR 2.11)'), ('other', 'another agreement')], default='none', max_length=5)),
                ('agreed_on', models.DateField(null=True)),
                ('waiting_days', models.PositiveSmallIntegerField(null=True)),
                ('waiting_asked_on', models.DateField(null=True)),
                ('languages', models.CharField(blank=True, max_length=120)),
                ('payers', models.CharField(blank=True, max_length=300)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('ended_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_words', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(help_text='A service of the catalogue', max_length=24)),
                ('need_id', models.BigIntegerField(help_text='The need it answers (assessment)', null=True)),
                ('urgency', models.CharField(choices=[('routine', 'routine'), ('soon', 'soon'), ('high', 'urgent')], default='routine', max_length=7)),
                ('why', models.CharField(max_length=1000)),
                ('sent_at', models.DateTimeField()),
                ('seen_due_at', models.DateTimeField()),
                ('loop_due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('sent', 'sent'), ('accepted', 'accepted'), ('seen', 'client was seen'), ('answered', 'answer received'), ('acted_on', 'acted on, closed'), ('turned_down', 'turned down, closed'), ('not_seen', 'did not come about, closed')], default='sent', max_length=11)),
                ('state_at', models.DateTimeField()),
                ('chased_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReferralEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('to_words', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(help_text='A service of the catalogue', max_length=24)),
                ('need_id', models.BigIntegerField(help_text='The need it answers (assessment)', null=True)),
                ('urgency', models.CharField(choices=[('routine', 'routine'), ('soon', 'soon'), ('high', 'urgent')], default='routine', max_length=7)),
                ('why', models.CharField(max_length=1000)),
                ('sent_at', models.DateTimeField()),
                ('seen_due_at', models.DateTimeField()),
                ('loop_due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('sent', 'sent'), ('accepted', 'accepted'), ('seen', 'client was seen'), ('answered', 'answer received'), ('acted_on', 'acted on, closed'), ('turned_down', 'turned down, closed'), ('not_seen', 'did not come about, closed')], default='sent', max_length=11)),
                ('state_at', models.DateTimeField()),
                ('chased_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferralIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_kind', models.CharField(choices=[('partner', 'a partner'), ('court', 'a court or probation'), ('hospital', 'a hospital'), ('school', 'a school or employer'), ('other', 'somebody else')], max_length=8)),
                ('from_words', models.CharField(max_length=200)),
                ('asks', models.CharField(blank=True, max_length=1000)),
                ('came_on', models.DateField()),
                ('entered_at', models.DateTimeField()),
                ('answered_on', models.DateField(null=True)),
                ('told', models.CharField(blank=True, choices=[('answer', 'told, under a consent'), ('nothing', 'told nothing')], max_length=7)),
                ('answer_words', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name='ReferralInEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_kind', models.CharField(choices=[('partner', 'a partner'), ('court', 'a court or probation'), ('hospital', 'a hospital'), ('school', 'a school or employer'), ('other', 'somebody else')], max_length=8)),
                ('from_words', models.CharField(max_length=200)),
                ('asks', models.CharField(blank=True, max_length=1000)),
                ('came_on', models.DateField()),
                ('entered_at', models.DateTimeField()),
                ('answered_on', models.DateField(null=True)),
                ('told', models.CharField(blank=True, choices=[('answer', 'told, under a consent'), ('nothing', 'told nothing')], max_length=7)),
                ('answer_words', models.CharField(blank=True, max_length=1000)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=11)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('on', models.DateField(help_text='The day it happened')),
                ('at', models.DateTimeField(help_text='When it was noted')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=24)),
                ('doer', models.CharField(choices=[('we', 'we do it'), ('partner', 'a partner does it'), ('nobody', 'nobody does it yet')], max_length=7)),
                ('from_on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('entered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('does', models.CharField(blank=True, max_length=500)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('agreement', models.CharField(choices=[('none', 'none yet'), ('qsoa', 'QSOA (42 CFR 2.11)'), ('other', 'another agreement')], default='none', max_length=5)),
                ('agreed_on', models.DateField(null=True)),
                ('waiting_days', models.PositiveSmallIntegerField(null=True)),
                ('waiting_asked_on', models.DateField(null=True)),
                ('languages', models.CharField(blank=True, max_length=120)),
                ('payers', models.CharField(blank=True, max_length=300)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('ended_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('agreement', 'none'), ('agreed_on__isnull', False), _connector='OR'), name='an_agreement_has_a_date'), models.CheckConstraint(condition=models.Q(('waiting_days', None), ('waiting_asked_on__isnull', False), _connector='OR'), name='waiting_days_are_of_a_day')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "referrals_partnerevent" ("address", "agreed_on", "agreement", "contact", "does", "email", "ended_on", "id", "languages", "name", "payers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "services", "version", "waiting_asked_on", "waiting_days") VALUES (OLD."address", OLD."agreed_on", OLD."agreement", OLD."contact", OLD."does", OLD."email", OLD."ended_on", OLD."id", OLD."languages", OLD."name", OLD."payers", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."phone", OLD."services", OLD."version", OLD."waiting_asked_on", OLD."waiting_days"); RETURN NULL;', hash='503ba0347cf70aa6374cc311f4369f7365659e37', operation='UPDATE', pgid='pgtrigger_before_change_update_32e45', table='referrals_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "referrals_partnerevent" ("address", "agreed_on", "agreement", "contact", "does", "email", "ended_on", "id", "languages", "name", "payers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "services", "version", "waiting_asked_on", "waiting_days") VALUES (OLD."address", OLD."agreed_on", OLD."agreement", OLD."contact", OLD."does", OLD."email", OLD."ended_on", OLD."id", OLD."languages", OLD."name", OLD."payers", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."phone", OLD."services", OLD."version", OLD."waiting_asked_on", OLD."waiting_days"); RETURN NULL;', hash='4faf4f1f6733b5fd5d722e5cf36d60ba15872258', operation='DELETE', pgid='pgtrigger_before_removal_delete_00705', table='referrals_partner', when='AFTER')),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='referrals.partner'),
        ),
        migrations.AddField(
            model_name='referral',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='referral',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.partner'),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.partner'),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='referralin',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralin',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralin',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='referralin',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.partner'),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.partner'),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='referralinevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='referrals.referralin'),
        ),
        migrations.AddField(
            model_name='referralstep',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralstep',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client'),
        ),
        migrations.AddField(
            model_name='referralstep',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='servicechoice',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dcd990837c2126dcf3ec116306c21e7fc7eee4b0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b04cf', table='referrals_partnerevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['client', '-sent_at'], name='referrals_of'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['seen_due_at'], name='open_loops'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('partner__isnull', False), models.Q(('to_words', ''), _negated=True), _connector='OR'), name='a_referral_goes_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['acted_on', 'turned_down', 'not_seen'])), models.Q(('closed_at', None), ('state__in', ['sent', 'accepted', 'seen', 'answered'])), _connector='OR'), name='closed_by_how_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('loop_due_at__gte', models.F('seen_due_at'))), name='the_loop_closes_after_the_visit'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "referrals_referralevent" ("chased_at", "client_id", "closed_at", "id", "kind", "loop_due_at", "need_id", "owner_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_due_at", "sent_at", "state", "state_at", "to_words", "urgency", "why") VALUES (OLD."chased_at", OLD."client_id", OLD."closed_at", OLD."id", OLD."kind", OLD."loop_due_at", OLD."need_id", OLD."owner_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."seen_due_at", OLD."sent_at", OLD."state", OLD."state_at", OLD."to_words", OLD."urgency", OLD."why"); RETURN NULL;', hash='879fb0784077089e47f1e8543b17b95f1846beba', operation='UPDATE', pgid='pgtrigger_before_change_update_e8be8', table='referrals_referral', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "referrals_referralevent" ("chased_at", "client_id", "closed_at", "id", "kind", "loop_due_at", "need_id", "owner_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_due_at", "sent_at", "state", "state_at", "to_words", "urgency", "why") VALUES (OLD."chased_at", OLD."client_id", OLD."closed_at", OLD."id", OLD."kind", OLD."loop_due_at", OLD."need_id", OLD."owner_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."seen_due_at", OLD."sent_at", OLD."state", OLD."state_at", OLD."to_words", OLD."urgency", OLD."why"); RETURN NULL;', hash='d2a0165ae998e5c17697069585fa78c4a7178267', operation='DELETE', pgid='pgtrigger_before_removal_delete_e9ebe', table='referrals_referral', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1a61dcd844caf3ca043cd5fc836a4fbfb5122b75', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0304', table='referrals_referralevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='referralin',
            index=models.Index(fields=['client', '-came_on'], name='referrals_in_of'),
        ),
        migrations.AddConstraint(
            model_name='referralin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('told', '')), models.Q(('answered_on__isnull', False), models.Q(('told', ''), _negated=True)), _connector='OR'), name='answered_says_what_was_told'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralin',
            trigger=pgtrigger.compiler.Trigger(name='before_change_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "referrals_referralinevent" ("answer_words", "answered_by_id", "answered_on", "asks", "by_id", "came_on", "client_id", "entered_at", "from_kind", "from_words", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told") VALUES (OLD."answer_words", OLD."answered_by_id", OLD."answered_on", OLD."asks", OLD."by_id", OLD."came_on", OLD."client_id", OLD."entered_at", OLD."from_kind", OLD."from_words", OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_change\', OLD."id", OLD."told"); RETURN NULL;', hash='202c1e72582a496787261b60f5d11a605ff1d680', operation='UPDATE', pgid='pgtrigger_before_change_update_3b1b3', table='referrals_referralin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralin',
            trigger=pgtrigger.compiler.Trigger(name='before_removal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "referrals_referralinevent" ("answer_words", "answered_by_id", "answered_on", "asks", "by_id", "came_on", "client_id", "entered_at", "from_kind", "from_words", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told") VALUES (OLD."answer_words", OLD."answered_by_id", OLD."answered_on", OLD."asks", OLD."by_id", OLD."came_on", OLD."client_id", OLD."entered_at", OLD."from_kind", OLD."from_words", OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_removal\', OLD."id", OLD."told"); RETURN NULL;', hash='eac476e858b3bf9663117ead2739d14632bd2f3b', operation='DELETE', pgid='pgtrigger_before_removal_delete_77851', table='referrals_referralin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralinevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='66459c9d9d0c7bd2f83c8b9c1df121747c01913f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c92c0', table='referrals_referralinevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='referralstep',
            index=models.Index(fields=['referral', 'at'], name='referral_steps_of'),
        ),
        migrations.AddIndex(
            model_name='servicechoice',
            index=models.Index(fields=['service', '-from_on', '-id'], name='service_choices_of'),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
