import accounts.models.link
import accounts.models.request
import accounts.models.user
import common.clock
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='Phone')),
                ('unit', models.CharField(blank=True, help_text='Where the person works', max_length=100, verbose_name='Unit')),
                ('role', models.CharField(choices=[('applicant', 'Applicant'), ('expert', 'Review expert'), ('clerk', 'Clerk'), ('finance', 'Finance officer'), ('manager', 'Manager'), ('operator', 'Platform operator'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], default='applicant', max_length=12, verbose_name='Role')),
                ('is_demo', models.BooleanField(default=False, verbose_name='Demonstration account (演示账户)')),
                ('second_factor_at', models.DateTimeField(editable=False, null=True, verbose_name='Second factor since')),
                ('guided_as', models.CharField(blank=True, editable=False, max_length=12)),
                ('sessions_ended', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
                'indexes': [models.Index(fields=['last_login', 'id'], name='user_by_last_login')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='one_account_per_user_name')],
            },
            managers=[
                ('objects', accounts.models.user.People()),
            ],
        ),
        migrations.CreateModel(
            name='AccountLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(default=accounts.models.link.new_nonce, editable=False, max_length=32)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(choices=[('invitation', 'Invitation'), ('new_password', 'New password')], max_length=12)),
                ('expires_at', models.DateTimeField(default=accounts.models.link.in_days)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=140)),
                ('text', models.TextField()),
                ('url', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='one_notification_per_event')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('due', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'subject_kind', 'subject_id', 'due', 'on'), name='one_reminder_a_day')],
            },
        ),
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('log_in', 'Logged in'), ('log_in_failed', 'Login failed'), ('locked_out', 'Locked out'), ('factor_passed', 'Second step passed'), ('factor_failed', 'Second step failed'), ('log_out', 'Logged out'), ('refused', 'Page or verb refused'), ('register', 'Account registered'), ('invite_person', 'Account made'), ('issue_link', 'Link for a password made'), ('use_link', 'Password set by link'), ('change_password', 'Password changed'), ('reset_password', 'Password set anew by mail'), ('edit_account', 'Own details changed'), ('set_up_factor', 'Second factor set up'), ('remove_factor', 'Second factor removed'), ('reset_factor', 'Second factor reset'), ('renew_codes', 'New recovery codes made'), ('use_recovery_code', 'Logged in with a recovery code'), ('change_role', 'Role changed'), ('deactivate', 'Account deactivated'), ('reactivate', 'Account reactivated'), ('ask_second_person', 'Second person asked for'), ('confirm_request', 'Confirmed by a second person'), ('deny_request', 'Refused by a second person'), ('take_back_request', 'Request taken back'), ('expire_request', 'Request expired'), ('order_export', 'Export ordered'), ('fetch_export', 'Export fetched'), ('show_account', 'Full account number shown')], max_length=20)),
                ('role', models.CharField(blank=True, choices=[('applicant', 'Applicant'), ('expert', 'Review expert'), ('clerk', 'Clerk'), ('finance', 'Finance officer'), ('manager', 'Manager'), ('operator', 'Platform operator'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=12)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('times', models.PositiveIntegerField(default=1)),
                ('last_at', models.DateTimeField(default=common.clock.now)),
                ('once', models.CharField(editable=False, max_length=64, null=True, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'id'], name='access_by_kind'), models.Index(fields=['by_id', 'id'], name='access_by_person'), models.Index(fields=['address', 'id'], name='access_by_address'), models.Index(fields=['at'], name='access_by_time')],
            },
        ),
        migrations.CreateModel(
            name='AccountRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('deed', models.CharField(choices=[('invite', 'Account with a role of trust'), ('role', 'Role of trust'), ('factor', 'Reset of the second factor'), ('link', 'New password without a second factor'), ('reopen', 'Reactivation of an account with a role of trust')], max_length=8)),
                ('role', models.CharField(blank=True, choices=[('applicant', 'Applicant'), ('expert', 'Review expert'), ('clerk', 'Clerk'), ('finance', 'Finance officer'), ('manager', 'Manager'), ('operator', 'Platform operator'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField(default=common.clock.now)),
                ('expires_at', models.DateTimeField(default=accounts.models.request.in_days)),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('denied', 'Refused'), ('taken_back', 'Taken back'), ('expired', 'Expired')], max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_id', models.BigIntegerField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=80)),
                ('decided_why', models.CharField(blank=True, max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('person', 'deed'), name='one_open_request_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'confirmed'), _negated=True), models.Q(('decided_by_id__isnull', False), models.Q(('decided_by_id', models.F('by_id')), _negated=True), models.Q(('decided_by_id', models.F('person_id')), _negated=True)), _connector='OR'), name='confirmed_by_a_second_person')],
            },
        ),
    ]
