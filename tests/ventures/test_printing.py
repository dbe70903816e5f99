"""The printed 申报书: everything that was put in can be read, on pages that can be stamped and compared."""

import dataclasses
import io
import re
from typing import Any

import pypdf
import pytest

from common.errors import Invalid
from tests.common.test_pdf import cpu_of_the_press
from ventures.application.printing.document import (
    HASH_SHOWN,
    Box,
    Column,
    Document,
    Facts,
    Narrative,
    Promise,
    Section,
    Signatures,
    Table,
    as_data,
    render,
)

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NEEDS = "项目面向林埭镇新居民家庭，以“党建+公益创投”为主线，开展语言适应、邻里互助、亲子陪伴等服务，全年服务360人次。"
HOSTILE = '# $x$ *粗* _斜_ @参 [甲](乙) \\n " ` <标> // /* */ -- --- ~ {} #panic(1)'

BUDGET = [
    Column("序号", 2, "center"),
    Column("支出类别", 5),
    Column("明细/用途", 8),
    Column("单价（元）", 5.6, "right"),
    Column("数量", 3, "right"),
    Column("单位", 3, "center"),
    Column("金额（元）", 6, "right"),
    Column("其中：\n申请资助", 6, "right"),
    Column("其中：\n自筹", 6, "right"),
    Column("计算依据", 8),
    Column("备注", 5),
]
TEAM = [Column("姓名", 4, "center"), Column("角色分工", 10), Column("联系电话", 7, "center")]


def budget(lines: int) -> Table:
    rows = [
        [
            str(n),
            "活动费用",
            f"第{n}次活动场地布置",
            "1,234.50",
            "10",
            "场",
            "12,345.00",
            "10,000.00",
            "2,345.00",
            "询价",
            "",
        ]
        for n in range(1, lines + 1)
    ]
    totals = [
        "",
        "合计",
        "",
        "",
        "",
        "",
        f"{12345 * lines:,}.00",
        f"{10000 * lines:,}.00",
        f"{2345 * lines:,}.00",
        "",
        "",
    ]
    return Table("单位：元", BUDGET, rows, totals)


def a_document(**changes: Any) -> Document:
    document = Document(
        round_title="平湖市首届红色创投",
        form_title="项目申报书",
        number="HC2020-001",
        title="乡音相伴——林埭镇新居民服务项目",
        organization="平湖市乡音社会工作服务中心",
        leader="项目负责人甲",
        phone="0573-85013072",
        date_text="2020年5月18日",
        version_text="第3版 2020-05-18 16:42",
        hash=HASH,
        is_demo=False,
        is_draft=False,
        sections=[
            Section(
                "机构基本情况",
                [
                    Facts(
                        [
                            ("机构名称", "平湖市乡音社会工作服务中心"),
                            ("统一社会信用代码", "52330482MJA000016P"),
                            ("地址", "浙江省嘉兴市平湖市林埭镇人民路88号社会组织服务中心三楼305室"),
                            ("开户账号", "19350101040012345"),
                        ]
                    ),
                    Narrative("机构简介", NEEDS * 4),
                ],
            ),
            Section("项目团队", [Table("", TEAM, [["甲", "统筹", "13800000000"], ["乙", "活动", "0573-85013072"]])]),
            Section(
                "项目方案",
                [Narrative("需求分析/必要性", NEEDS * 6), Narrative("目标（量化）", "1. 活动24场\n2. 服务360人次")],
            ),
            Section("项目预算表", [budget(12)]),
            Section(
                "承诺与签章",
                [
                    Promise("本单位承诺：所填报内容真实、准确、完整。\n如有虚假，愿承担由此产生的一切责任。"),
                    Signatures(
                        [
                            Box("法定代表人（签字）"),
                            Box("申报单位（单位盖章）"),
                            Box("项目所在社区（签章）"),
                            Box("业务主管单位意见", "（盖章）    年    月    日"),
                        ]
                    ),
                ],
            ),
        ],
    )
    return dataclasses.replace(document, **changes)


def with_blocks(*blocks: Any) -> Document:
    return a_document(sections=[Section("项目方案", list(blocks))])


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    """Without what line breaks and frames put between characters."""
    return re.sub(r"[\s\u200b\u2060]", "", text)


def printed(document: Document) -> str:
    return squeezed("".join(pages_of(render(document))))


def texts_in(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict | list | tuple):
        return [text for value in (data.values() if isinstance(data, dict) else data) for text in texts_in(value)]
    return []


# --- Everything is there ----------------------------------------------------------------------------------------------


def test_every_text_that_was_put_in_can_be_copied_out_of_the_pdf() -> None:
    document = a_document()
    found = printed(document)
    told = [text for section in dataclasses.asdict(document)["sections"] for text in texts_in(section)]
    told += [document.title, document.organization, document.leader, document.phone, document.date_text, HASH]
    aligns = {"left", "center", "right"}
    # A paragraph may be torn by the foot of a page; its lines are looked for one by one.
    lacking = [text for text in told if text not in aligns and squeezed(text[:40]) not in found]
    assert not lacking and len(told) > 150


def test_sections_are_numbered_as_in_a_chinese_form() -> None:
    found = printed(a_document())
    for heading in ("一、机构基本情况", "二、项目团队", "三、项目方案", "四、项目预算表", "五、承诺与签章"):
        assert heading in found


def test_every_page_has_its_number_the_version_and_the_start_of_the_hash() -> None:
    pages = pages_of(render(a_document()))
    assert len(pages) == 4
    for n, page in enumerate(pages, start=1):
        assert f"第{n}页共{len(pages)}页" in squeezed(page)
        assert "第3版2020-05-1816:42" in squeezed(page)
        assert f"校验码{HASH[:HASH_SHOWN]}" in squeezed(page)


def test_the_cover_has_the_whole_hash_and_a_picture_of_it() -> None:
    assert HASH in squeezed(pages_of(render(a_document()))[0])
    assert as_data(a_document())["code"].startswith("<svg")
    assert as_data(a_document(hash=""))["code"] == "" and render(a_document(hash=""))


@pytest.mark.parametrize(("draft", "demo"), [(False, False), (True, False), (False, True), (True, True)])
def test_drafts_and_demonstration_data_say_so_on_every_page(draft: bool, demo: bool) -> None:
    for page in pages_of(render(a_document(is_draft=draft, is_demo=demo))):
        assert ("草稿" in page) == draft and ("演示数据" in page) == demo


def test_line_breaks_stay_and_what_is_empty_says_so() -> None:
    page = pages_of(
        render(with_blocks(Narrative("目标", "1. 活动24场\n\n\n\n2. 服务360人次"), Narrative("创新性", " ")))
    )[1]
    lines = [line.strip() for line in page.split("\n")]
    assert lines.index("1. 活动24场") < lines.index("2. 服务360人次")
    assert "（未填写）" in page


@pytest.mark.parametrize(
    "sections",
    [
        [],
        [Section("空")],
        [Section("空", [Facts([]), Narrative("", ""), Promise(""), Signatures([])])],
        [Section("", [Table("", BUDGET, [], None), Table("", BUDGET, [], [""] * 11)])],
    ],
)
def test_a_form_without_content_is_still_a_form(sections: list[Section]) -> None:
    document = a_document(
        sections=sections,
        number="",
        title="",
        organization="",
        leader="",
        phone="",
        date_text="",
        version_text="",
        hash="",
    )
    assert "项目申报书" in printed(document)


# --- Tables -----------------------------------------------------------------------------------------------------------


def test_sixty_budget_lines_go_over_pages_on_their_side_under_the_same_head() -> None:
    data = render(
        a_document(sections=[Section("项目预算表", [budget(60)]), Section("其他", [Narrative("说明", "无")])])
    )
    reader = pypdf.PdfReader(io.BytesIO(data))
    sideways = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert [page.mediabox.width > page.mediabox.height for page in reader.pages] == [
        False,
        *[True] * len(sideways),
        False,
    ]
    assert len(sideways) >= 3
    assert all("支出类别" in page.extract_text() for page in sideways)
    found = squeezed("".join(page.extract_text() for page in sideways))
    assert all(f"第{n}次活动场地布置" in found for n in range(1, 61))
    assert "合计740,700.00600,000.00140,700.00" in found


def test_a_table_of_few_columns_stays_upright() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(with_blocks(Table("", TEAM, [["甲", "统筹", "13800000000"]])))))
    assert all(page.mediabox.width < page.mediabox.height for page in reader.pages)


@pytest.mark.parametrize("row", [["一"], ["一", "二", "三", "四"]])
def test_a_row_that_does_not_fit_the_columns_is_an_error_of_the_programmer(row: list[str]) -> None:
    with pytest.raises(ValueError, match="3 columns"):
        render(with_blocks(Table("团队", TEAM, [row])))


def test_totals_take_the_empty_cells_beside_their_name() -> None:
    (block,) = as_data(with_blocks(budget(1)))["runs"][0]["sections"][0]["blocks"]
    assert [(total["value"], total["span"]) for total in block["totals"]] == [
        ("合计", 6), ("12,345.00", 1), ("10,000.00", 1), ("2,345.00", 1), ("", 1), ("", 1),
    ]  # fmt: skip


def test_facts_always_fill_their_rows() -> None:
    short, long = ("邮编", "314200"), ("地址", "浙江省嘉兴市平湖市林埭镇人民路八十八号三楼")
    for rows in (
        [short],
        [short, short],
        [short, long],
        [long, short, short],
        [short, short, short],
        [short, long, short],
    ):
        (block,) = as_data(with_blocks(Facts(rows)))["runs"][0]["sections"][0]["blocks"]
        width = 0
        for cell in block["cells"]:
            width += 1 + cell["span"]
            assert width % 4 in (0, 2) and width <= 4
            width %= 4
        assert width == 0


# --- Whatever people typed --------------------------------------------------------------------------------------------


def everywhere(text: str) -> Document:
    return a_document(
        title=text[:300],
        organization=text[:300],
        leader=text[:50],
        sections=[
            Section(
                text[:60],
                [
                    Facts([(text[:20], text[:400]), ("备注", text[:10])]),
                    Narrative(text[:20], text),
                    Table(text[:50], BUDGET, [[text[:200]] * 11] * 2, [text[:20]] * 11),
                    Promise(text[:300]),
                    Signatures([Box(text[:40], text[:20])]),
                ],
            )
        ],
    )


def test_markup_comes_out_as_letters_in_every_place() -> None:
    assert printed(everywhere(HOSTILE)).count(squeezed(HOSTILE)) >= 5


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4000,
        "国" * 4000,
        "）" * 4000,
        "（" * 4000,
        "—" * 4000,
        "!" * 4000,
        "0.123456789" * 364,
        "https://example.org/" + "a/b?c=d&" * 400,
        "中\u00a0" * 2000,
        "中\u2060" * 2000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_four_thousand_letters_without_a_space_are_broken_at_the_frame(text: str) -> None:
    # The narrowest sign, 「!」, comes 34 times into this column and 136 times into a line of the page.
    for block, most in ((Table("", TEAM, [[text[:200], "", ""]]), 36), (Narrative("", text), 140)):
        lines = "\n".join(pages_of(render(with_blocks(block)))[1:]).split("\n")
        ours = [squeezed(line) for line in lines if set(squeezed(line)) <= set(text)]
        assert sum(map(len, ours)) >= len(squeezed(text[:200])) * 0.9
        assert max(map(len, ours)) <= most


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家" * 50,
        "😀👨\u200d👩\u200d👧" * 200,
        "\u202e反\u202c" * 100,
        "a" + "\u0301" * 3999,
        ("a" + "\u0301" * 8 + " ") * 400,
        " \u0301" * 2000,
        "क्" * 2000,
        "العربية " * 400,
        "ไทย" * 1300,
        "\n" * 4000,
        "甲\u2028乙\u2029" * 200,
        "\x00\ud800\ufffe\U0010ffff" * 100,
        "\ue000" * 4000,
        "\t" * 4000,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_signs_of_any_kind_neither_fail_nor_run_out_of_time(text: str) -> None:
    assert pages_of(render(everywhere(text)))[0]


def test_a_name_of_three_hundred_characters_stays_on_the_cover() -> None:
    pages = pages_of(render(a_document(title="长" * 300, organization="名" * 120)))
    assert "长" * 300 in squeezed(pages[0]) and "校验码（SHA-256）" in squeezed(pages[0])


# --- What it costs ----------------------------------------------------------------------------------------------------


def test_the_same_document_is_the_same_file() -> None:
    assert render(a_document()) == render(a_document())
    assert render(a_document()) != render(a_document(phone="0573-85013073"))


def test_a_full_application_is_small_and_quick() -> None:
    document = a_document()
    sections = [*document.sections[:3], Section("项目预算表", [budget(60)]), document.sections[-1]]
    render(document)
    before = cpu_of_the_press()
    data = render(dataclasses.replace(document, sections=sections))
    assert cpu_of_the_press() - before < 1  # 0.3
    assert len(data) < 400_000


def test_only_free_fonts_go_along_and_only_the_letters_that_occur() -> None:
    names = set()
    for page in pypdf.PdfReader(io.BytesIO(render(a_document()))).pages:
        for font in page["/Resources"].get_object()["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"].get_object()
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in descriptor
            names.add(re.sub(r"^[A-Z]{6}\+", "", str(descriptor["/FontName"]).lstrip("/")))
    assert names == {"NotoSerifCJKsc-Regular", "NotoSansCJKsc-Regular"}


def test_a_document_beyond_all_measure_is_refused() -> None:
    with pytest.raises(Invalid, match="120000"):
        render(with_blocks(Narrative("简介", "字" * 200_000)))
