"""A register from Excel: all errors at once, a preview, all or nothing, and never over a register that has changed."""

from datetime import date, datetime

import pytest

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import Job, JournalEntry
from organizations import actions
from organizations.models import AnnualInspection, Organization, Rating, RegisterImport
from organizations.register_file.template import template
from tests.factories import a_credit_code, a_place, a_user, an_organization
from tests.organizations.sheets import HEADINGS, a_workbook, checked, errors, stored

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def clerk():
    a_place()
    return a_user(Role.CLERK)


def a_row(n: int, **changes) -> list:
    given = dict(zip(HEADINGS, (f"名册组织{n}", a_credit_code(500_000 + n), "属地", "林埭镇"), strict=True))
    return list((given | changes).values())


# --- The way of a file ------------------------------------------------------------------------------------------------


def test_a_register_is_previewed_and_then_stored_whole(clerk):
    import_ = checked(a_workbook(a_row(1), a_row(2), title="平湖市社会组织名册"), clerk)
    assert (import_.state, import_.findings["new"], import_.findings["rows"]) == ("ready", 2, 2)
    assert not Organization.objects.exists()
    import_ = stored(import_, clerk)
    assert import_.state == "stored" and Organization.objects.count() == 2
    verbs = JournalEntry.objects.filter(by_name=clerk.name).values_list("verb", flat=True)
    assert sorted(verbs) == ["import_new", "import_new", "import_register", "take_in_register"]


def test_what_is_imported_is_found_by_two_characters(client, clerk):
    stored(checked(a_workbook(a_row(1, 组织名称="邻里守望社")), clerk), clerk)
    client.force_login(clerk)
    assert "邻里守望社" in client.get("/desk/organizations/?q=守望").content.decode().replace("<mark>", "").replace(
        "</mark>", ""
    )


def test_one_bad_row_keeps_all_out(clerk):
    import_ = checked(a_workbook(a_row(1), a_row(2, 所属镇街道="无此镇")), clerk)
    assert import_.state == "refused" and errors(import_) == [(3, "所属镇街道")]
    with pytest.raises(Conflict):
        actions.store_import(import_, by=clerk, sha256=import_.file.sha256)
    assert not Organization.objects.exists()


def test_a_second_confirmation_is_refused(clerk):
    import_ = stored(checked(a_workbook(a_row(1)), clerk), clerk)
    for act in (
        lambda: actions.store_import(import_, by=clerk, sha256=import_.file.sha256),
        lambda: actions.check_again(import_, by=clerk),
    ):
        with pytest.raises(Conflict):
            act()
    assert Organization.objects.count() == 1


def test_a_confirmation_names_the_file_whose_preview_was_seen(clerk):
    import_ = checked(a_workbook(a_row(1)), clerk)
    with pytest.raises(Stale):
        actions.store_import(import_, by=clerk, sha256="0" * 64)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.OPERATOR, Role.SUPERVISOR, Role.APPLICANT, Role.ADMIN])
def test_only_clerks_and_managers_import(clerk, role):
    import_ = checked(a_workbook(a_row(1)), clerk)
    user = a_user(role)
    for act in (
        lambda: checked(a_workbook(a_row(2)), user),
        lambda: actions.store_import(import_, by=user, sha256=import_.file.sha256),
        lambda: actions.check_again(import_, by=user),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("between", ["registered", "edited", "renamed"])
def test_a_register_that_changed_after_the_preview_is_told_and_nothing_is_stored(clerk, between):
    known = an_organization(name="名册组织1", credit_code=a_credit_code(500_001), address="旧址")
    content = a_workbook([*a_row(1), "新址"], [*a_row(2), "新址"], headings=[*HEADINGS, "地址"])
    import_ = checked(content, clerk)
    assert (import_.findings["new"], import_.findings["changed"]) == (1, 1)
    if between == "registered":
        an_organization(name="名册组织2", credit_code=a_credit_code(500_002))
    elif between == "edited":
        actions.edit(known, by=clerk, address="他址")
    else:
        actions.edit(known, by=clerk, name="改了名")
    before = Organization.objects.count()
    import_ = stored(import_, clerk)
    assert import_.failed and import_.job.state == Job.State.FAILED and "社会组织名录" in import_.job.error
    assert Organization.objects.count() == before
    assert Organization.objects.get(pk=known.pk).address != "新址"
    actions.check_again(import_, by=clerk)


def test_a_file_that_no_longer_is_the_one_that_was_handed_in_is_not_stored(clerk):
    from common.files import path_of

    import_ = checked(a_workbook(a_row(1)), clerk)
    path_of(import_.file).write_bytes(a_workbook(a_row(2)).ljust(import_.file.size, b"\0")[: import_.file.size])
    assert stored(import_, clerk).failed
    assert not Organization.objects.exists()


def test_the_template_is_read_back(clerk):
    import_ = checked(template(), clerk)
    assert import_.state == "refused" and "行" in import_.findings["refused"]  # no row yet, but the headings are known


# --- What changes -----------------------------------------------------------------------------------------------------


def test_only_what_stands_in_a_cell_changes_a_known_organization(clerk):
    o = an_organization(name="名册组织1", credit_code=a_credit_code(500_001), address="旧址", phone="13800138000")
    actions.verify(o, by=clerk)
    content = a_workbook([*a_row(1), "新址", None], headings=[*HEADINGS, "地址", "电话"])
    import_ = checked(content, clerk)
    assert import_.findings["changes"][0]["what"] == [["地址", "旧址", "新址"]]
    stored(import_, clerk)
    row = Organization.objects.get(pk=o.pk)
    assert (row.address, row.phone, row.version, row.is_verified) == ("新址", "13800138000", 2, True)
    entry = JournalEntry.objects.of(o).last()
    assert entry.verb == "import_change" and entry.facts["address"] == "旧址 → 新址"


def test_an_account_that_an_import_changes_has_to_be_verified_again(clerk):
    o = an_organization(name="名册组织1", credit_code=a_credit_code(500_001))
    actions.verify(o, by=clerk)
    stored(checked(a_workbook([*a_row(1), "88888888"], headings=[*HEADINGS, "账号"]), clerk), clerk)
    row = Organization.objects.get(pk=o.pk)
    assert row.bank_account == "88888888" and not row.is_verified
    kept = JournalEntry.objects.of(o).last().facts["bank_account"]
    assert kept.endswith("→ ****8888"), "the journal keeps no whole account"


def test_the_same_file_again_changes_nothing(clerk):
    headings = [*HEADINGS, "上年度年检", "评估等级", "评估时间", "评估有效期至"]
    content = a_workbook([*a_row(1), "合格", "3A", date(2019, 6, 1), "2024-05-31"], headings=headings)
    stored(checked(content, clerk), clerk)
    assert AnnualInspection.objects.get().is_checked and Rating.objects.get().grade == 3
    import_ = checked(content, clerk)
    assert (import_.findings["new"], import_.findings["changed"], import_.findings["same"]) == (0, 0, 1)


def test_a_corrected_conclusion_replaces_the_one_on_record(clerk):
    headings = [*HEADINGS, "上年度年检"]
    stored(checked(a_workbook([*a_row(1), "2019年合格"], headings=headings), clerk), clerk)
    stored(checked(a_workbook([*a_row(1), "2019年不合格"], headings=headings), clerk), clerk)
    assert AnnualInspection.objects.get().conclusion == "failed"


def test_a_renamed_organization_is_known_by_its_former_name(clerk):
    an_organization(name="原来的名称", credit_code=a_credit_code(500_001))
    refused = checked(a_workbook(a_row(1)), clerk)
    assert errors(refused) == [(2, "组织名称")] and "原来的名称" in refused.findings["errors"][0][3]
    stored(checked(a_workbook([*a_row(1), "原来的名称"], headings=[*HEADINGS, "曾用名"]), clerk), clerk)
    assert Organization.objects.get().name == "名册组织1"


def test_a_group_comes_with_the_code_of_a_host_that_stands_further_down(clerk):
    group = a_row(2, 统一社会信用代码=None)
    content = a_workbook([*group, a_credit_code(500_001)], [*a_row(1), None], headings=[*HEADINGS, "挂靠单位代码"])
    stored(checked(content, clerk), clerk)
    row = Organization.objects.get(credit_code="")
    assert row.host.name == "名册组织1" and row.hosting == "agreed"


# --- What Excel does to people ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "value", "word"),
    [
        ("统一社会信用代码", 513304820000000016, "文本"), ("统一社会信用代码", "5.13E+17", "文本"),
        ("统一社会信用代码", "51330482MJA000016X", "校验"), ("账号", 6200000000000001, "文本"), ("账号", "62-00", ""),
        ("成立时间", 43831, ""), ("成立时间", "2014-02-30", ""), ("成立时间", date(2999, 1, 1), ""),
        ("专职人数", "三名", ""), ("专职人数", -1, ""), ("专职人数", 1.5, ""), ("电话", "12345", ""),
        ("组织名称", "长" * 300, "100"), ("所属镇街道", "林埭", ""), ("党组织形式", "联办", ""), ("类型", "基金会", "51"),
        ("上年度年检", "优秀", ""), ("评估等级", "6A", ""), ("评估等级", "3A", ""), ("依托单位代码", "123", ""),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_row_column_value_and_rule(clerk, heading, value, word):
    headings = list(HEADINGS) if heading in HEADINGS else [*HEADINGS, heading]
    row = a_row(1) if heading in HEADINGS else [*a_row(1), None]
    row[headings.index(heading)] = value
    import_ = checked(a_workbook(row, headings=headings), clerk)
    number, column, __, said = import_.findings["errors"][0]
    where = "评估时间" if (heading, value) == ("评估等级", "3A") else heading
    assert (number, column) == (2, where) and said and word in said
    assert import_.findings["n_errors"] == 1


@pytest.mark.parametrize(
    ("heading", "value", "field", "stored_as"),
    [
        ("统一社会信用代码", " ５1330482mja000016t", "credit_code", "51330482MJA000016T"),
        ("成立时间", datetime(2014, 1, 15, 0, 0), "founded_on", date(2014, 1, 15)),
        ("成立时间", "2014年1月15日", "founded_on", date(2014, 1, 15)),
        ("成立时间", "２０１４．１．１５", "founded_on", date(2014, 1, 15)),
        ("成立时间", 20140115, "founded_on", date(2014, 1, 15)),
        ("电话", 13800138000, "phone", "13800138000"), ("专职人数", "１２", "full_time_staff", 12),
        ("账号", "6200 0000 0000", "bank_account", "620000000000"), ("三元管理", "兜底管理", "management", "fallback"),
        ("地址", "=1+1", "address", None),
    ],
)  # fmt: skip
def test_what_is_meant_is_understood(clerk, heading, value, field, stored_as):
    headings = list(HEADINGS) if heading in HEADINGS else [*HEADINGS, heading]
    row = a_row(1) if heading in HEADINGS else [*a_row(1), None]
    row[headings.index(heading)] = value
    import_ = checked(a_workbook(row, headings=headings), clerk)
    if stored_as is None:  # a formula that nobody has computed
        assert errors(import_) == [(2, heading)]
        return
    stored(import_, clerk)
    assert getattr(Organization.objects.get(), field) == stored_as


def test_the_same_code_or_name_twice_is_told_with_the_other_row(clerk):
    import_ = checked(
        a_workbook(a_row(1), a_row(2, 统一社会信用代码=a_credit_code(500_001)), a_row(3, 组织名称="名册组织1")), clerk
    )
    assert errors(import_) == [(3, "统一社会信用代码"), (4, "组织名称")]
    assert all("2" in said for *__, said in import_.findings["errors"])


def test_a_name_that_another_code_has_is_refused(clerk):
    an_organization(name="名册组织1")
    assert errors(checked(a_workbook(a_row(1)), clerk)) == [(2, "组织名称")]


def test_columns_come_in_any_order_and_unknown_ones_are_told(clerk):
    headings = ["备注", "所属镇街道", "统一社会信用代码", " 组织 名称*", "三元管理"]
    row = ["无", "林埭镇", a_credit_code(500_001), "名册组织1", "属地"]
    import_ = checked(a_workbook(row, headings=headings), clerk)
    assert import_.state == "ready" and import_.findings["unknown"] == ["备注"]


def test_missing_cells_of_a_new_organization_are_all_told(clerk):
    import_ = checked(
        a_workbook(["名册组织1", a_credit_code(500_001), None, None], [None, None, "属地", "林埭镇"]), clerk
    )
    assert errors(import_) == [(2, "三元管理"), (2, "所属镇街道"), (3, "统一社会信用代码"), (3, "组织名称")]


@pytest.mark.parametrize(
    "content",
    [
        a_workbook(["甲", "乙"], headings=["名", "码"]),
        a_workbook(),
        a_workbook(a_row(1), headings=[*HEADINGS[:3], "组织名称"]),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(clerk, content):
    import_ = checked(content, clerk)
    assert import_.state == "refused" and import_.findings["refused"]


def test_what_is_no_table_is_refused_at_once(clerk):
    with pytest.raises(Invalid):
        checked(b"%PDF-1.4", clerk, name="名册.pdf")


def test_a_csv_of_excel_in_gbk_is_read_too(clerk):
    lines = [",".join(HEADINGS), ",".join(a_row(1))]
    assert checked("\r\n".join(lines).encode("gbk"), clerk, name="名册.csv").state == "ready"


@pytest.mark.parametrize("n", [1, 3])
def test_however_many_rows_the_register_is_asked_the_same_few_questions(django_assert_num_queries, clerk, n):
    from organizations.register_file.checking import check
    from organizations.register_file.reading import Errors, open_sheet, read

    cells = [(1, list(HEADINGS)), *((i + 2, a_row(i)) for i in range(n))]
    for i in range(n):
        an_organization(name=f"名册组织{i}", credit_code=a_credit_code(500_000 + i))
    errors = Errors()
    with django_assert_num_queries(5):
        sheet = open_sheet(cells)
        found = check(sheet, read(sheet, errors), errors, lambda row: None)
    assert found.same == n and not errors.count


def test_of_two_confirmations_the_second_is_refused(clerk):
    import_ = checked(a_workbook(a_row(1)), clerk)
    actions.store_import(import_, by=clerk, sha256=import_.file.sha256)
    with pytest.raises(Conflict):
        actions.store_import(RegisterImport.objects.get(pk=import_.pk), by=clerk, sha256=import_.file.sha256)
