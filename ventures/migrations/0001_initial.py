import common.clock
import common.money
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django_fsm
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('common', '0001_initial'),
        ('organizations', '0001_initial'),
        ('rounds', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('note', models.TextField(blank=True, verbose_name='What is to be corrected')),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField(default=common.clock.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('prefix', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('day_kind', models.CharField(choices=[('working', 'Working days'), ('calendar', 'Calendar days')], default='working', max_length=8)),
                ('published_at', models.DateTimeField(default=common.clock.now)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='rounds.round')),
            ],
            options={
                'ordering': ['-published_at'],
                'indexes': [models.Index(fields=['closes_on', 'id'], name='notice_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='notice_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=40)),
                ('label', models.CharField(max_length=120)),
                ('remark', models.TextField(blank=True, max_length=500)),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='ventures.correction')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('correction', 'path'), name='pinned_once')],
            },
        ),
        migrations.CreateModel(
            name='StampedScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('receipt', models.CharField(max_length=24, verbose_name='Receipt')),
                ('content', models.JSONField()),
                ('hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('files', models.ManyToManyField(related_name='+', to='common.storedfile')),
                ('stamped_scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ventures.stampedscan')),
            ],
            options={
                'ordering': ['ordinal'],
            },
        ),
        migrations.AddField(
            model_name='correction',
            name='answered_by',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_correction', to='ventures.submission'),
        ),
        migrations.AddField(
            model_name='correction',
            name='submission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='ventures.submission'),
        ),
        migrations.CreateModel(
            name='Venture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=common.clock.now, editable=False)),
                ('state', django_fsm.FSMField(default='draft', max_length=50, protected=True, verbose_name='State')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='Number')),
                ('title', models.CharField(help_text='Without 《》', max_length=80, verbose_name='Venture title')),
                ('leader', models.CharField(blank=True, max_length=60, verbose_name='Person in charge')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^(1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}(-\\d{1,6})?|\\d{8})$', 'A mobile number, or a landline like 0573-85013072.')], verbose_name='Phone')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='Starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Ends on')),
                ('beneficiaries', models.PositiveIntegerField(default=0, verbose_name='Direct beneficiaries (people)')),
                ('sessions_planned', models.PositiveIntegerField(default=0, verbose_name='Activities planned')),
                ('attendance_planned', models.PositiveIntegerField(default=0, verbose_name='Attendance planned')),
                ('total_budget', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Total budget (元)')),
                ('requested', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Grant requested (元)')),
                ('self_raised', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Self-raised (元)')),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('correction_due_on', models.DateField(blank=True, null=True)),
                ('corrections', models.PositiveSmallIntegerField(default=0)),
                ('refusal_reason', models.CharField(blank=True, max_length=12, verbose_name='Reason of the refusal')),
                ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('rank', models.PositiveIntegerField(blank=True, null=True)),
                ('awarded', common.money.MoneyField(blank=True, null=True, verbose_name='Awarded (元)')),
                ('rectify_by', models.DateField(blank=True, null=True)),
                ('midterm_passed_at', models.DateTimeField(blank=True, null=True)),
                ('final_passed_at', models.DateTimeField(blank=True, null=True)),
                ('final_score', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('grade', models.CharField(blank=True, max_length=10)),
                ('showcase_waived', models.TextField(blank=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('is_demo', models.BooleanField(default=False, verbose_name='Demonstration data (演示数据)')),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='rounds.category', verbose_name='Category')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by staff (代录)')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventures', to='organizations.organization')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organizations.place', verbose_name='Place of delivery')),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organizations.platform', verbose_name='Incubation platform')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventures', to='rounds.round')),
            ],
            options={
                'ordering': ['number', 'pk'],
                'indexes': [models.Index(fields=['round', 'state', 'id'], name='venture_queue'), models.Index(fields=['round', 'id'], name='venture_by_round'), models.Index(fields=['platform', 'id'], name='venture_by_platform'), models.Index(fields=['platform', 'state', 'id'], name='venture_by_platform_state'), models.Index(fields=['state', 'id'], name='venture_by_state'), models.Index(fields=['state', 'submitted_at', 'id'], name='venture_waiting'), models.Index(fields=['title'], name='venture_by_title'), models.Index(fields=['number'], name='venture_by_number'), models.Index(fields=['requested', 'id'], name='venture_by_requested'), models.Index(fields=['awarded', 'id'], name='venture_by_awarded')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('round', 'number'), name='number_once_per_round'), models.CheckConstraint(condition=models.Q(('awarded', None), ('awarded__lte', models.F('requested')), _connector='OR'), name='award_within_request')],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('education', models.CharField(blank=True, max_length=80, verbose_name='Education and subject')),
                ('qualification', models.CharField(blank=True, max_length=60, verbose_name='Social work qualification')),
                ('part', models.CharField(blank=True, max_length=80, verbose_name='Part in the venture')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^(1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}(-\\d{1,6})?|\\d{8})$', 'A mobile number, or a landline like 0573-85013072.')], verbose_name='Phone')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('venture', 'ordinal'), name='team_member_place')],
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='venture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='ventures.venture'),
        ),
        migrations.AddField(
            model_name='stampedscan',
            name='venture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stamped_scans', to='ventures.venture'),
        ),
        migrations.CreateModel(
            name='ScheduleLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField(null=True, verbose_name='Starts on')),
                ('ends_on', models.DateField(null=True, verbose_name='Ends on')),
                ('activity', models.CharField(max_length=80, verbose_name='Activity')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='Content')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='Place')),
                ('sessions', models.PositiveIntegerField(default=0, verbose_name='Sessions')),
                ('attendance', models.PositiveIntegerField(default=0, verbose_name='Attendance')),
                ('responsible', models.CharField(blank=True, max_length=60, verbose_name='Responsible')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedule', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('venture', 'ordinal'), name='schedule_line_place')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('path', models.CharField(blank=True, max_length=40)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField(max_length=1000, verbose_name='Message')),
                ('from_desk', models.BooleanField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='ventures.venture')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'Person, real name'), ('unit', 'Unit, with seal')], default='person', max_length=6, verbose_name='Who objects')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('contact', models.CharField(max_length=80, verbose_name='Contact')),
                ('text', models.TextField(max_length=2000, verbose_name='What and why')),
                ('state', models.CharField(choices=[('filed', 'Filed'), ('not_admitted', 'Not admitted'), ('admitted', 'Admitted'), ('dismissed', 'Dismissed'), ('upheld', 'Upheld')], default='filed', max_length=12)),
                ('ruling', models.TextField(blank=True, verbose_name='Ruling')),
                ('filed_at', models.DateTimeField(default=common.clock.now)),
                ('ruled_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='ventures.notice')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='ventures.venture', verbose_name='Venture')),
            ],
            options={
                'ordering': ['-filed_at'],
                'indexes': [models.Index(fields=['state', 'id'], name='objection_by_state')],
            },
        ),
        migrations.CreateModel(
            name='NoticeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveIntegerField()),
                ('amount', common.money.MoneyField()),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='ventures.notice')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_lines', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('notice', 'venture'), name='venture_once_per_notice')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=120, verbose_name='Indicator')),
                ('target', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Target')),
                ('unit', models.CharField(blank=True, max_length=10, verbose_name='Unit (measure)')),
                ('evidence', models.CharField(blank=True, max_length=120, verbose_name='How it is shown')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('venture', 'ordinal'), name='indicator_place')],
            },
        ),
        migrations.AddField(
            model_name='correction',
            name='venture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correction_requests', to='ventures.venture'),
        ),
        migrations.CreateModel(
            name='ActingForApplicant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acting', to='ventures.venture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('venture', 'user'), name='acting_once')],
            },
        ),
        migrations.CreateModel(
            name='CheckAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('met', models.BooleanField()),
                ('evidence', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='rounds.checkitem')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_answers', to='ventures.venture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('venture', 'item'), name='check_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('category', models.CharField(choices=[('personnel', 'Personnel'), ('activity', 'Activities'), ('materials', 'Materials'), ('equipment', 'Equipment'), ('management', 'Management fee'), ('other', 'Other expenses')], max_length=12, verbose_name='Kind of expense')),
                ('detail', models.CharField(max_length=120, verbose_name='Use')),
                ('unit_price', common.money.MoneyField(verbose_name='Unit price (元)')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='Quantity')),
                ('unit', models.CharField(blank=True, max_length=10, verbose_name='Unit (measure)')),
                ('amount', common.money.MoneyField(verbose_name='Amount (元)')),
                ('from_grant', common.money.MoneyField(verbose_name='From the grant')),
                ('from_own', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Self-raised part')),
                ('basis', models.CharField(blank=True, max_length=120, verbose_name='Basis')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='ventures.venture')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('venture', 'ordinal'), name='budget_line_place'), models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('from_grant'), '+', models.F('from_own')))), name='budget_line_grant_plus_own')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.storedfile')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.attachmentrule')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='ventures.venture')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('venture', 'file'), name='attached_once')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', models.TextField(blank=True, max_length=500, verbose_name='Summary')),
                ('needs', models.TextField(blank=True, max_length=2000, verbose_name='Needs')),
                ('goals', models.TextField(blank=True, max_length=2000, verbose_name='Goals, with numbers')),
                ('plan', models.TextField(blank=True, max_length=4000, verbose_name='Services and schedule')),
                ('innovation', models.TextField(blank=True, max_length=1000, verbose_name='Innovation')),
                ('sustainability', models.TextField(blank=True, max_length=1000, verbose_name='Sustainability')),
                ('risks', models.TextField(blank=True, max_length=1000, verbose_name='Risks and measures')),
                ('party_building', models.TextField(blank=True, max_length=1000, verbose_name='Led by party building')),
                ('outcomes', models.TextField(blank=True, max_length=1000, verbose_name='Expected outcomes')),
                ('declared', models.BooleanField(default=False, verbose_name='We declare that everything here is true')),
                ('version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(default=common.clock.now)),
                ('saved_by_name', models.CharField(blank=True, max_length=80)),
                ('touched', models.JSONField(default=dict)),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ventures.venture')),
                ('venture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='application', to='ventures.venture')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.question')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='ventures.venture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('venture', 'question'), name='answer_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('venture', 'ordinal'), name='submission_place'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_by', None)), fields=('venture',), name='one_open_correction'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('submission')), _negated=True), _connector='OR'), name='answered_by_a_later_one'),
        ),
    ]
