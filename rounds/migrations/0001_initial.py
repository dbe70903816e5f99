import common.clock
import common.money
import common.validators
import django.core.validators
import django.db.models.deletion
import django_fsm
import rounds.eligibility_kinds
import rounds.question_kinds
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Prefix of venture numbers, like HC', max_length=4, unique=True)),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'verbose_name_plural': 'series',
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=common.clock.now, editable=False)),
                ('state', django_fsm.FSMField(db_index=True, default='preparing', max_length=50, protected=True, verbose_name='State')),
                ('counted_by', models.CharField(choices=[('edition', 'By edition (首届, 第四届)'), ('year', 'By year (2016年)')], default='edition', max_length=10, verbose_name='Named by')),
                ('own_title', models.CharField(blank=True, max_length=60, verbose_name='Title of its own')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='Edition')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('city', models.CharField(max_length=20, verbose_name='City')),
                ('host', models.CharField(max_length=80, verbose_name='Host (主办)')),
                ('organizer', models.CharField(blank=True, max_length=80, verbose_name='Organizer (承办)')),
                ('co_organizer', models.CharField(blank=True, max_length=200, verbose_name='Co-organizers (协办)')),
                ('contact', models.CharField(blank=True, max_length=80, validators=[common.validators.no_mobile_number], verbose_name='Contact')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='Address')),
                ('email', models.EmailField(blank=True, max_length=120, verbose_name='E-mail')),
                ('supervision_phone', models.CharField(blank=True, max_length=80, validators=[common.validators.no_mobile_number], verbose_name='Supervision phone')),
                ('introduction', models.TextField(blank=True, verbose_name='Introduction')),
                ('opens_at', models.DateTimeField(verbose_name='Call opens')),
                ('closes_at', models.DateTimeField(help_text="Inclusive; 24:00 is the next day's 00:00", verbose_name='Call closes')),
                ('correction_days', models.PositiveSmallIntegerField(default=5, verbose_name='Working days for a correction')),
                ('max_corrections', models.PositiveSmallIntegerField(default=1, verbose_name='Corrections allowed')),
                ('notice_days', models.PositiveSmallIntegerField(default=5, verbose_name='Days of public notice at least')),
                ('notice_day_kind', models.CharField(choices=[('working', 'Working days'), ('calendar', 'Calendar days')], default='working', max_length=8, verbose_name='Days of the notice are')),
                ('screening_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days to screen an application')),
                ('ruling_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days to rule on an objection')),
                ('signing_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days to sign the agreement after the notice')),
                ('payment_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days to pay a tranche once it can be paid')),
                ('days_to_check', models.BooleanField(default=False, editable=False)),
                ('budget', common.money.MoneyField(verbose_name='Budget of the round (元)')),
                ('cap', common.money.MoneyField(verbose_name='Cap per venture (元)')),
                ('min_grant', common.money.MoneyField(default=Decimal('100.00'), help_text='Less than this may neither be asked for nor awarded.', verbose_name='Grant at least (元)')),
                ('grant_tiers', models.JSONField(blank=True, default=list, verbose_name='Tiers of the grant (元)')),
                ('quota', models.PositiveSmallIntegerField(verbose_name='Ventures at most')),
                ('max_per_organization', models.PositiveSmallIntegerField(default=1, verbose_name='Ventures per organization')),
                ('min_self_raised', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='Self-raised share at least (%)')),
                ('min_scores', models.PositiveSmallIntegerField(default=3, verbose_name='Valid scores needed')),
                ('trim_from', models.PositiveSmallIntegerField(default=5, verbose_name='Drop highest and lowest from this many scores')),
                ('pass_mark', models.DecimalField(decimal_places=2, default=Decimal('60'), max_digits=5, verbose_name='Pass mark')),
                ('sealed', models.BooleanField(default=False, help_text='Staff see how many there are, but open none before the deadline.', verbose_name='Applications stay sealed until the call closes')),
                ('entering_waiver', models.CharField(blank=True, help_text='For a small office only. Empty: whoever enters an application for an organization takes no decision on it. The reason stands on the page of the round.', max_length=200, verbose_name='Who enters an application (代录) may also decide on it, because')),
                ('stamp_required', models.BooleanField(default=False, verbose_name='A stamped scan of the application is required')),
                ('is_demo', models.BooleanField(default=False, verbose_name='Demonstration data (演示数据)')),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='rounds.round')),
                ('places', models.ManyToManyField(blank=True, related_name='+', to='organizations.place', verbose_name='Towns')),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organizations.platform', verbose_name='City platform')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='rounds.series')),
            ],
            options={
                'ordering': ['-year', 'series__code', '-edition'],
                'indexes': [models.Index(fields=['state', 'closes_at'], name='round_by_state_and_end')],
                'constraints': [models.UniqueConstraint(fields=('series', 'edition'), name='one_round_per_edition'), models.UniqueConstraint(condition=models.Q(('counted_by', 'year'), ('own_title', '')), fields=('series', 'year'), name='one_round_named_by_its_year'), models.UniqueConstraint(condition=models.Q(('own_title', ''), _negated=True), fields=('own_title',), name='one_round_of_this_title'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='call_ends_after_start')],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='FormSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=20)),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='Title of the section')),
                ('guidance', models.TextField(blank=True, max_length=1000, verbose_name='Guidance for applicants')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('required', models.BooleanField(default=False, verbose_name='At least one row is required')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_sections', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'slug'), name='section_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='EligibilityRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=rounds.eligibility_kinds.choices, max_length=12, verbose_name='Rule')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Number')),
                ('options', models.JSONField(blank=True, default=list)),
                ('effect', models.CharField(choices=[('block', 'Stops the submission'), ('show', 'Is shown in the screening')], default='show', max_length=5, verbose_name='Effect')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='eligibility_rules', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'kind'), name='eligibility_rule_once')],
            },
        ),
        migrations.CreateModel(
            name='CheckItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=120)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_items', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='check_item_place')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='rounds.round')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='category_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='BudgetRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('personnel', 'Personnel'), ('activity', 'Activities'), ('materials', 'Materials'), ('equipment', 'Equipment'), ('management', 'Management fee'), ('other', 'Other expenses')], max_length=12)),
                ('max_percent', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))])),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_rules', to='rounds.round')),
            ],
            options={
                'ordering': ['category'],
                'constraints': [models.UniqueConstraint(fields=('round', 'category'), name='budget_rule_once')],
            },
        ),
        migrations.CreateModel(
            name='AttachmentRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=60, verbose_name='Paper')),
                ('help_text', models.CharField(blank=True, max_length=200, verbose_name='Hint')),
                ('required', models.BooleanField(default=False, verbose_name='Must be attached')),
                ('max_files', models.PositiveSmallIntegerField(default=3, verbose_name='Files at most')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachment_rules', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='attachment_rule_place')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=1000, verbose_name='What changes, and why')),
                ('changes', models.JSONField(default=list)),
                ('published_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='amendment_place')],
            },
        ),
        migrations.CreateModel(
            name='RubricItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=40)),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('guidance', models.CharField(blank=True, max_length=200)),
                ('tie_break', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rubric', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='rubric_place')],
            },
        ),
        migrations.CreateModel(
            name='TrancheRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=20)),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))])),
                ('trigger', models.CharField(choices=[('agreement', 'After the agreement is signed'), ('mid_term', 'After the mid-term is passed'), ('final', 'After the final evaluation is passed'), ('closure', 'At closure, before it is confirmed')], max_length=10)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tranche_rules', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='tranche_rule_place')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=rounds.question_kinds.choices, max_length=10, verbose_name='Kind of answer')),
                ('label', models.CharField(max_length=120, verbose_name='Question')),
                ('help_text', models.CharField(blank=True, max_length=200, verbose_name='Hint')),
                ('required', models.BooleanField(default=False, verbose_name='Must be answered')),
                ('options', models.JSONField(blank=True, default=list, verbose_name='Options')),
                ('max_length', models.PositiveIntegerField(blank=True, null=True, verbose_name='Characters at most')),
                ('asked_if_value', models.CharField(blank=True, max_length=120, verbose_name='is answered with')),
                ('asked_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='rounds.question', verbose_name='Asked only if')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='rounds.formsection')),
            ],
            options={
                'ordering': ['section__ordinal', 'ordinal'],
                'constraints': [models.UniqueConstraint(fields=('section', 'ordinal'), name='question_place')],
            },
        ),
        migrations.CreateModel(
            name='GradeBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=10, verbose_name='Grade')),
                ('lowest', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='From (points)')),
                ('passes', models.BooleanField(default=True, verbose_name='Passes')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grade_bands', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='grade_band_place'), models.UniqueConstraint(fields=('round', 'name'), name='grade_band_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('screening', 'Screening'), ('review', 'Review'), ('notice', 'Public notice'), ('recheck', 'Inquiry into objections (复核)'), ('agreement', 'Agreement'), ('mid_term', 'Mid-term evaluation'), ('final', 'Final evaluation'), ('showcase', 'Showcase'), ('closure', 'Closure')], max_length=10, verbose_name='Phase')),
                ('label', models.CharField(blank=True, max_length=30, verbose_name='Own name')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='First day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Last day')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='rounds.round')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('round', 'ordinal'), name='round_phase_place'), models.CheckConstraint(condition=models.Q(models.Q(('ends_on', None), ('starts_on', None)), models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='round_phase_ends_after_start')],
            },
        ),
    ]
