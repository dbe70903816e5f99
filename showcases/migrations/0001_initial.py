import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('rounds', '0001_initial'),
        ('ventures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name of the event')),
                ('starts_at', models.DateTimeField(verbose_name='Starts')),
                ('ends_at', models.DateTimeField(verbose_name='Ends')),
                ('venue', models.CharField(max_length=120, verbose_name='Venue')),
                ('introduction', models.TextField(blank=True, verbose_name='Introduction')),
                ('is_public', models.BooleanField(default=False, verbose_name='Announced')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='Held')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='Cancelled')),
                ('cancelled_because', models.CharField(blank=True, max_length=200, verbose_name='Reason of the cancellation')),
                ('is_demo', models.BooleanField(default=False, verbose_name='Demonstration data (演示数据)')),
                ('launches', models.ManyToManyField(blank=True, related_name='launched_at', to='rounds.round', verbose_name='Rounds launched')),
                ('shows', models.ManyToManyField(blank=True, related_name='shown_at', to='rounds.round', verbose_name='Rounds shown')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_start'), models.CheckConstraint(condition=models.Q(('held_at', None), ('cancelled_at', None), _connector='OR'), name='event_held_or_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='Exhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='Order')),
                ('form', models.CharField(choices=[('talk', 'Talk (宣讲)'), ('board', 'Board (展板)'), ('film', 'Film (视频)'), ('stall', 'Charity stall (义卖)')], default='board', max_length=6, verbose_name='Form')),
                ('minutes', models.PositiveSmallIntegerField(default=5, verbose_name='Minutes')),
                ('presenter', models.CharField(blank=True, max_length=60, verbose_name='Presenter (role)')),
                ('material_received', models.BooleanField(default=False, verbose_name='Material received')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exhibits', to='showcases.event')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('event', 'venture'), name='venture_once_per_event'), models.UniqueConstraint(fields=('event', 'ordinal'), name='exhibit_place')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('minutes', models.PositiveSmallIntegerField(default=5, verbose_name='Minutes')),
                ('presenter', models.CharField(blank=True, max_length=60, verbose_name='Presenter (role)')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='showcases.event')),
                ('launches', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.round')),
                ('venture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programme_items', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('event', 'ordinal'), name='programme_place')],
            },
        ),
    ]
