"""Organizations that may be the same one."""

import pytest

from organizations.duplicates import are_near, core, duplicates
from tests.factories import an_organization

pytestmark = pytest.mark.engines

PLAIN = {"phone": "", "legal_representative": "", "bank_account": ""}


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("平湖市阳光社工服务中心", "阳光"), ("阳光社会工作服务中心", "阳光"), ("浙江省嘉兴市平湖市阳光协会", "阳光"),
        ("幸福社区居家养老服务中心", "幸福社区居家养老"), ("协会", "协会"), ("平湖市", "平湖市"),
        ("平湖市城市社区协会", "城市社区"), ("阳光社工服务中心（林埭镇）", "阳光"), ("阳光(集团)协会", "阳光集团"),
    ],
)  # fmt: skip
def test_names_are_compared_without_place_and_kind(name, rest):
    assert core(name) == rest


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("阳光", "阳光", True), ("阳光", "月光", False), ("乡音相伴", "乡音相绊", True), ("乡音相伴", "乡情相随", False),
        ("居家养老互助联盟", "居家养老互肋联盟", True), ("居家养老互助联盟", "居家养老互助盟", True),
        ("第一幼儿园", "第二幼儿园", False), ("演示组织12", "演示组织13", False),
    ],
)  # fmt: skip
def test_near_is_one_or_two_characters_by_length_but_not_another_ordinal(a, b, near):
    assert are_near(a, b) is near
    assert are_near(b, a) is near


@pytest.mark.django_db
def test_each_duplicate_says_why():
    o = an_organization(
        name="平湖市阳光社工服务中心", phone="13800138000", legal_representative="甲", bank_account="62000000"
    )
    near = an_organization(name="阳光社会工作服务中心", **PLAIN)
    paid = an_organization(name="完全不同的一家", **{**PLAIN, "bank_account": "62000000"})
    called = an_organization(name="又一家", **{**PLAIN, "phone": "13800138000", "legal_representative": "甲"})
    an_organization(name="毫不相干", **PLAIN)
    found = {d.organization: d for d in duplicates(o)}
    assert set(found) == {near, paid, called}
    assert found[near].is_strong and found[paid].is_strong and not found[called].is_strong
    assert "阳光" in found[near].reasons[0] and "0000" in found[paid].reasons[0] and len(found[called].reasons) == 2


@pytest.mark.django_db
def test_a_group_paid_through_its_host_is_no_duplicate_of_it():
    host = an_organization(name="甲乙丙丁", **{**PLAIN, "bank_account": "62000000"})
    group = an_organization(
        name="护河队", credit_code="", host=host, hosting="agreed", **{**PLAIN, "bank_account": "62000000"}
    )
    assert duplicates(group) == [] and duplicates(host) == []


@pytest.mark.django_db
@pytest.mark.parametrize("n", [1, 3])
def test_however_many_there_are_it_costs_three_queries(django_assert_num_queries, n):
    o = an_organization(name="平湖市阳光社工服务中心")
    for i in range(n):
        an_organization(name=f"阳光{'服务中心' * i}协会", **PLAIN)
    with django_assert_num_queries(3):
        assert len(duplicates(o)) == n
