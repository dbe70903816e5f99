import accounts.models.link
import common.clock
import common.models.normal
import common.normal_forms
import django.core.validators
import django.db.models.deletion
import organizations.codes
import organizations.identification
import organizations.models.organization
import organizations.models.people
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('common', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApplicantKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='Kind of applicant')),
                ('identified_by', models.CharField(choices=organizations.identification.choices, max_length=16, verbose_name='Identified by')),
                ('prefixes', models.JSONField(blank=True, default=list)),
                ('also', models.JSONField(blank=True, default=list)),
                ('ordinal', models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                'ordering': ['ordinal'],
            },
        ),
        migrations.CreateModel(
            name='ReferenceFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('label', models.CharField(max_length=120)),
                ('value', models.CharField(max_length=40)),
                ('as_of', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('name_key', common.models.normal.NormalFormField(by=common.normal_forms.unit_name, editable=False, max_length=200, of='name')),
                ('credit_code', models.CharField(blank=True, max_length=18, validators=[organizations.codes.validate_credit_code], verbose_name='Unified social credit code')),
                ('record_number', models.CharField(blank=True, max_length=40, verbose_name='Number of the record or of the approval')),
                ('hosting', models.CharField(blank=True, choices=[('', 'Needs no host'), ('asked', 'Host is asked'), ('agreed', 'Host agrees'), ('declined', 'Host declines')], max_length=8, verbose_name="Host's answer")),
                ('field', models.CharField(choices=[('education', 'Private education'), ('elderly', 'Elderly care'), ('community', 'Community organization'), ('trade', 'Trade association'), ('other', 'Other field')], default='other', max_length=10, verbose_name='Field')),
                ('management', models.CharField(blank=True, choices=[('territorial', 'Territorial (属地)'), ('sector', 'Sector (行业)'), ('fallback', 'Fallback (兜底)')], max_length=12, verbose_name='Management model')),
                ('service', models.CharField(choices=[('public_benefit', 'Public-benefit service'), ('social_work', 'Professional social work'), ('other', 'Other')], default='other', max_length=16, verbose_name='Kind of service')),
                ('founded_on', models.DateField(blank=True, null=True, validators=[organizations.models.organization.not_in_the_future], verbose_name='Founded on')),
                ('registrar', models.CharField(blank=True, max_length=60, verbose_name='Registration authority')),
                ('supervising_body', models.CharField(blank=True, max_length=60, verbose_name='Supervising body')),
                ('legal_representative', models.CharField(blank=True, max_length=60, verbose_name='Legal representative')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='Address')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^(1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}(-\\d{1,6})?|\\d{8})$', 'A mobile number, or a landline like 0573-85013072.')], verbose_name='Phone')),
                ('introduction', models.TextField(blank=True, max_length=500, verbose_name='Introduction')),
                ('full_time_staff', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(999999)], verbose_name='Full-time staff')),
                ('volunteers', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(999999)], verbose_name='Volunteers')),
                ('party_form', models.CharField(choices=[('own', 'Own (单建)'), ('joint', 'Joint (联建)'), ('none', 'None')], default='none', max_length=6, verbose_name='Party organization')),
                ('party_members', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(999999)], verbose_name='Party members (count)')),
                ('bank_name', models.CharField(blank=True, max_length=80, verbose_name='Bank')),
                ('bank_account', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^\\d{8,30}$', '8 to 30 digits.')], verbose_name='Account')),
                ('account_changed_by_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('verification', models.CharField(choices=[('unverified', 'To be verified'), ('verified', 'Verified'), ('rejected', 'Verification refused')], default='unverified', max_length=10, verbose_name='Verification')),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('verified_by_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('verified_by', models.CharField(blank=True, max_length=80)),
                ('verification_note', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_demo', models.BooleanField(default=False, verbose_name='Demonstration data (演示数据)')),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('applicant_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.applicantkind', verbose_name='Kind of applicant')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='organizations.organization', verbose_name='Hosting organization')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(default=accounts.models.link.new_nonce, editable=False, max_length=32)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('part', models.CharField(choices=[('owner', 'Owner'), ('editor', 'Editor'), ('finance', 'Finance'), ('reader', 'Reader')], max_length=10, verbose_name='Part')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('expires_at', models.DateTimeField(default=organizations.models.people.in_a_week)),
                ('by_desk', models.BooleanField(default=False)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organizations.organization')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Penalty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('authority', models.CharField(max_length=80, verbose_name='Decided by')),
                ('ground', models.CharField(max_length=200, verbose_name='Ground')),
                ('decided_on', models.DateField(validators=[organizations.models.organization.not_in_the_future], verbose_name='Decided on')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('tier', models.CharField(choices=[('city', 'City'), ('town', 'Town or subdistrict'), ('village', 'Village or community')], max_length=10)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.place')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.AddField(
            model_name='organization',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organizations.place', verbose_name='Town or subdistrict'),
        ),
        migrations.CreateModel(
            name='Platform',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('tier', models.CharField(choices=[('city', 'City'), ('town', 'Town or subdistrict'), ('village', 'Village or community')], max_length=10)),
                ('operator', models.CharField(blank=True, help_text='Organization that runs the platform', max_length=100)),
                ('is_demo', models.BooleanField(default=False)),
                ('operators', models.ManyToManyField(blank=True, related_name='platforms', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.platform')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organizations.place')),
            ],
            options={
                'ordering': ['place__code', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Incubation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_on', models.DateField()),
                ('graduated_on', models.DateField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incubations', to='organizations.organization')),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incubations', to='organizations.platform')),
            ],
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('grade', models.PositiveSmallIntegerField(choices=[(1, '1A'), (2, '2A'), (3, '3A'), (4, '4A'), (5, '5A')], validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Grade')),
                ('awarded_on', models.DateField(validators=[organizations.models.organization.not_in_the_future], verbose_name='Awarded on')),
                ('valid_until', models.DateField(verbose_name='Valid until')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-awarded_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('refused', 'Has errors'), ('ready', 'Ready to be stored'), ('storing', 'Being stored'), ('stored', 'Stored')], default='checking', max_length=10)),
                ('findings', models.JSONField(default=dict)),
                ('plan', models.CharField(blank=True, max_length=64)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('stored_at', models.DateTimeField(null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.storedfile')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.job')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('owner', 'Owner'), ('editor', 'Editor'), ('finance', 'Finance'), ('reader', 'Reader')], default='owner', max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'organization'), name='one_part_per_organization')],
            },
        ),
        migrations.CreateModel(
            name='EarlierGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('level', models.CharField(choices=[('ministry', 'Ministry'), ('province', 'Province'), ('city', 'Prefecture-level city'), ('district', 'County, city or district')], max_length=8, verbose_name='Level')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990)], verbose_name='Year')),
                ('programme', models.CharField(max_length=120, verbose_name='Programme')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-year', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('organization', 'level', 'year', 'programme'), name='one_grant_of_a_programme_a_year', violation_error_message='This grant is on record already. Please correct that record.')],
            },
        ),
        migrations.CreateModel(
            name='CreditListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('kind', models.CharField(choices=[('abnormal', 'List of abnormal activities (活动异常名录)'), ('illegal', 'List of serious violations (严重违法失信名单)')], max_length=10, verbose_name='List')),
                ('ground', models.CharField(max_length=200, verbose_name='Ground')),
                ('listed_on', models.DateField(validators=[organizations.models.organization.not_in_the_future], verbose_name='Listed on')),
                ('removed_on', models.DateField(blank=True, null=True, validators=[organizations.models.organization.not_in_the_future], verbose_name='Removed on')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-listed_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('removed_on', None), ('removed_on__gte', models.F('listed_on')), _connector='OR'), name='removed_after_listed', violation_error_message='It cannot be removed before it was listed.')],
            },
        ),
        migrations.CreateModel(
            name='Ban',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('source', models.CharField(blank=True, help_text='For example the terminated venture or the decision.', max_length=120, verbose_name='Source')),
                ('from_on', models.DateField(verbose_name='First day')),
                ('until_on', models.DateField(verbose_name='Last day')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-from_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='ban_ends_after_it_begins', violation_error_message='The ban cannot end before it begins.')],
            },
        ),
        migrations.CreateModel(
            name='AnnualInspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990)], verbose_name='Year')),
                ('conclusion', models.CharField(choices=[('passed', 'Passed'), ('basically', 'Basically passed'), ('failed', 'Failed inspection'), ('none', 'Not inspected')], max_length=10, verbose_name='Conclusion')),
                ('decided_on', models.DateField(blank=True, null=True, validators=[organizations.models.organization.not_in_the_future], verbose_name='Decided on')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['-year', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('organization', 'year'), name='one_inspection_a_year', violation_error_message="This year's inspection is on record already. Please correct that record.")],
            },
        ),
        migrations.CreateModel(
            name='PartyMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='Document or certificate number')),
                ('entered_by', models.CharField(blank=True, max_length=80)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_by', models.CharField(blank=True, max_length=80)),
                ('struck_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('kind', models.CharField(choices=[('registration', 'In registration (注册登记)'), ('inspection', 'In annual inspection (年检年审)'), ('rating', 'In rating (等级评估)'), ('purchase', 'In government purchase (政府购买服务)')], max_length=12, verbose_name='Mark')),
                ('done_on', models.DateField(validators=[organizations.models.organization.not_in_the_future], verbose_name='Done on')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('organization', 'kind'), name='one_mark_of_a_kind', violation_error_message='This mark is on record already. Please correct that record.')],
            },
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['name', 'id'], name='organization_by_name'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['place', 'id'], name='organization_by_place'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['management', 'id'], name='organization_by_management'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['party_form', 'id'], name='organization_by_party_form'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['bank_account'], name='organization_by_account'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.UniqueConstraint(fields=('name_key',), name='one_organization_per_name', violation_error_message='An organization of this name is registered already.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.UniqueConstraint(condition=models.Q(('credit_code', ''), _negated=True), fields=('credit_code',), name='one_organization_per_code', violation_error_message='This code is registered already.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit_code', ''), ('host', None), _connector='OR'), models.Q(('applicant_kind', None), ('credit_code', ''), ('host', None), _negated=True)), name='a_code_or_a_host', violation_error_message='An organization has a code of its own or acts through a host, never both.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('applicant_kind', None), models.Q(('credit_code', ''), ('host', None)), _connector='OR'), name='its_kind_is_said_once', violation_error_message='The kind is what the code or the host says.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.UniqueConstraint(condition=models.Q(('record_number', ''), _negated=True), fields=('applicant_kind', 'record_number'), name='one_organization_per_record_number', violation_error_message='This number is registered already.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verification', 'verified'), _negated=True), ('verified_by_id', None), ('account_changed_by_id', None), models.Q(('verified_by_id', models.F('account_changed_by_id')), _negated=True), _connector='OR'), name='verified_by_another_than_changed_the_account', violation_error_message='Who changes the account does not verify it.'),
        ),
        migrations.AddConstraint(
            model_name='incubation',
            constraint=models.CheckConstraint(condition=models.Q(('graduated_on', None), ('graduated_on__gte', models.F('entered_on')), _connector='OR'), name='graduated_after_entering', violation_error_message='It cannot leave the platform before it entered.'),
        ),
        migrations.AddConstraint(
            model_name='incubation',
            constraint=models.UniqueConstraint(condition=models.Q(('graduated_on', None)), fields=('organization', 'platform'), name='one_stay_on_a_platform', violation_error_message='It is on this platform already.'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('organization', 'awarded_on'), name='one_rating_a_day', violation_error_message='A rating of this day is on record already. Please correct that record.'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('awarded_on'))), name='rating_ends_after_it_begins', violation_error_message='The rating cannot end before it was awarded.'),
        ),
    ]
