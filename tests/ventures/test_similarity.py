"""Cases from the field: what is a copy, and what only sounds like one."""

import pytest

from ventures.eligibility.similarity import ALIKE, alike

NEIGHBOURS = """乡音相伴——新居民服务项目
本项目以党建引领,面向林埭镇外来务工家庭,设立乡音驿站,每周六由同乡志愿者开展方言互助、政策讲解和子女作业辅导,帮助新居民熟悉办事流程,
化解邻里矛盾,尽快融入本地生活。
培训同乡联络员12名,开展驿站活动48场,服务新居民2000人次,形成新居民办事指南一册,满意度不低于90%。"""
RENAMED = """他乡暖阳——外来务工人员融入计划
本项目以党建引领,面向新埭镇外来务工家庭,设立乡音驿站,每周日由同乡志愿者开展方言互助、政策讲解和子女作业辅导,帮助新居民熟悉办事流程,
化解邻里矛盾,尽快融入本地生活。
培训同乡联络员20名,开展驿站活动36场,服务新居民1500人次,形成新居民办事指南一册,满意度不低于85%。"""
VETERANS = """夕阳红——农村老党员关心关爱服务项目
本项目以党建引领,通过开展志愿服务,提升农村老党员的获得感、幸福感、安全感。组织大学生志愿者与独居老党员结对,每月上门陪聊、量血压、
记录口述史,节日送政治生日贺卡。
结对老党员60名,上门服务720人次,整理口述史30篇,满意度不低于90%,形成长效机制。"""
OFFICES = """楼宇党建共享客厅项目
本项目以党建引领,通过开展志愿服务,提升楼宇白领的获得感、幸福感、安全感。在商务楼宇设立共享客厅,组织午间微党课、青年交友和法律咨询,
营造良好氛围。
开展微党课24场,法律咨询12场,服务白领1200人次,满意度不低于90%,形成长效机制。"""


def test_the_same_project_under_another_name_with_other_figures_is_found() -> None:
    assert alike(NEIGHBOURS, RENAMED) >= 80


def test_the_same_project_inside_a_longer_text_is_found() -> None:
    assert alike(NEIGHBOURS, f"{VETERANS}\n{RENAMED}\n{OFFICES}") >= ALIKE


@pytest.mark.parametrize(("one", "other"), [(NEIGHBOURS, VETERANS), (VETERANS, OFFICES), (NEIGHBOURS, OFFICES)])
def test_stock_phrases_do_not_alarm(one: str, other: str) -> None:
    assert alike(one, other) < 15


@pytest.mark.parametrize(("one", "other"), [("", ""), ("助老", "助老"), ("", NEIGHBOURS), ("12345", "12345")])
def test_where_nothing_is_said_nothing_is_alike(one: str, other: str) -> None:
    assert alike(one, other) == 0


def test_two_short_texts_of_one_subject_are_not_a_copy() -> None:
    assert alike("为独居老人上门理发", "为独居老人送餐到家") < ALIKE


def test_full_width_and_figures_make_no_difference() -> None:
    assert alike(NEIGHBOURS, NEIGHBOURS.replace(",", ",").replace("48", "48")) == 100
