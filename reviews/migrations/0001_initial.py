import common.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('rounds', '0001_initial'),
        ('ventures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='Scores due')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='rounds.round')),
            ],
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', models.PositiveSmallIntegerField()),
                ('recused', models.PositiveSmallIntegerField(default=0)),
                ('dropped_high', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('dropped_low', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('mean', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('venture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='ventures.venture')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('assigned', 'To score'), ('submitted', 'Score submitted'), ('recused', 'Recused')], default='assigned', max_length=10)),
                ('total', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='Comment')),
                ('assigned_at', models.DateTimeField(default=common.clock.now)),
                ('saved_at', models.DateTimeField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='ventures.venture')),
            ],
            options={
                'indexes': [models.Index(fields=['expert', 'state'], name='review_todo')],
                'constraints': [models.UniqueConstraint(fields=('venture', 'expert'), name='review_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('total__isnull', False), _connector='OR'), name='submitted_has_total')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='rounds.rubricitem')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'item'), name='score_once_per_criterion')],
            },
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(help_text='专家1 … 专家n on the score sheet')),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='reviews.panel')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('panel', 'expert'), name='expert_once_per_panel'), models.UniqueConstraint(fields=('panel', 'ordinal'), name='panel_place')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('employed', 'Employed by the organization'), ('board', 'On its board or its adviser'), ('relative', 'Relative of its people'), ('same_unit', 'Of the same unit'), ('worked_on_it', 'Worked on the application'), ('other', 'Other reason')], max_length=14, verbose_name='Reason')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Details')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to=settings.AUTH_USER_MODEL)),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='ventures.venture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('venture', 'expert'), name='recusal_once')],
            },
        ),
    ]
