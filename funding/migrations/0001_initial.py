import common.clock
import common.money
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ventures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', common.money.MoneyField(verbose_name='Awarded (元)')),
                ('agreement_number', models.CharField(max_length=40, unique=True, verbose_name='Agreement number')),
                ('signed_on', models.DateField(verbose_name='Signed on')),
                ('paid', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Paid (元)')),
                ('recovered', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Recovered (元)')),
                ('returned', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Balance returned (元)')),
                ('spent', common.money.MoneyField(default=Decimal('0.00'), verbose_name='Spent from the grant (元)')),
                ('claimed', common.money.MoneyField(blank=True, null=True, verbose_name='To be recovered (元)')),
                ('claim_reason', models.TextField(blank=True, verbose_name='Reason of the claim')),
                ('venture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award_record', to='ventures.venture')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('paid__lte', django.db.models.expressions.CombinedExpression(models.F('amount'), '+', models.F('recovered')))), name='paid_within_award'), models.CheckConstraint(condition=models.Q(('recovered__lte', django.db.models.expressions.CombinedExpression(models.F('paid'), '-', models.F('returned')))), name='money_back_within_paid'), models.CheckConstraint(condition=models.Q(('recovered', 0), models.Q(('claimed__isnull', False), ('recovered__lte', models.F('claimed'))), _connector='OR'), name='recovered_within_claim'), models.CheckConstraint(condition=models.Q(('claimed__isnull', True), models.Q(('claimed__gte', 0), ('claimed__lte', django.db.models.expressions.CombinedExpression(models.F('paid'), '-', models.F('returned')))), _connector='OR'), name='claim_within_paid'), models.CheckConstraint(condition=models.Q(('spent__lte', django.db.models.expressions.CombinedExpression(models.F('paid'), '-', models.F('returned')))), name='spent_and_returned_within_paid'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('paid__gte', 0), ('recovered__gte', 0), ('returned__gte', 0), ('spent__gte', 0)), name='no_negative_money')],
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spent_on', models.DateField(verbose_name='Spent on')),
                ('category', models.CharField(choices=[('personnel', 'Personnel'), ('activity', 'Activities'), ('materials', 'Materials'), ('equipment', 'Equipment'), ('management', 'Management fee'), ('other', 'Other expenses')], max_length=12, verbose_name='Kind of expense')),
                ('summary', models.CharField(max_length=120, verbose_name='Purpose')),
                ('amount', common.money.MoneyField(verbose_name='Amount (元)')),
                ('voucher_number', models.CharField(max_length=40, verbose_name='Voucher number')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='funding.expense')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='funding.award')),
            ],
            options={
                'ordering': ['spent_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('reverses', None)), models.Q(('amount__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='expense_is_positive_or_a_counter_entry')],
            },
        ),
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=20, verbose_name='Tranche')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Share (%)')),
                ('amount', common.money.MoneyField(verbose_name='Amount (元)')),
                ('trigger', models.CharField(choices=[('agreement', 'After the agreement is signed'), ('date', 'From a day on'), ('mid_term', 'After the mid-term is passed'), ('final', 'After the final evaluation is passed'), ('audit', 'After the audit of the accounts'), ('closure', 'At closure, before it is confirmed')], max_length=10)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tranches', to='funding.award')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='From this day on')),
            ],
            options={
                'ordering': ['ordinal'],
                'constraints': [models.UniqueConstraint(fields=('award', 'ordinal'), name='tranche_place')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('payment', 'Payment'), ('recovery', 'Recovery'), ('return', 'Balance returned')], max_length=8)),
                ('amount', common.money.MoneyField(verbose_name='Amount (元)')),
                ('on', models.DateField(verbose_name='Date of the voucher')),
                ('voucher_number', models.CharField(max_length=40, verbose_name='Voucher number')),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funding.award')),
                ('tranche', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funding.tranche')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'payment')), fields=('tranche',), name='tranche_paid_once'), models.UniqueConstraint(fields=('kind', 'voucher_number'), name='voucher_once_per_kind'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entry_is_positive'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'payment'), ('tranche__isnull', False)), models.Q(('kind', 'payment'), _negated=True), _connector='OR'), name='payment_has_tranche')],
            },
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('auditor', models.CharField(max_length=80, verbose_name='Auditor')),
                ('number', models.CharField(max_length=40, verbose_name='Number of the report')),
                ('issued_on', models.DateField(verbose_name='Issued on')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('award', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='audit', to='funding.award')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
