"""A template and its data become a PDF, whatever people typed; and what cannot be printed harms nobody else."""

import io
import os
import signal
import threading
from pathlib import Path

import psutil
import pypdf
import pytest

from common import pdf
from common.errors import Invalid
from common.pdf import CannotPrint, glyphs, press, render, unprintable, without_towers

PLAIN = """
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern Math"), fallback: false, lang: "zh", cjk-latin-spacing: none)
#let d = json(bytes(sys.inputs.data))
#for words in d.words { par(words) }
"""


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return template(tmp_path, PLAIN)


def template(folder: Path, source: str) -> Path:
    path = folder / "t.typ"
    path.write_text(source, encoding="utf-8")
    return path


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def cpu_of_the_press() -> float:
    """Seconds; unlike the clock it does not count what else the machine does."""
    child = pdf._press().child
    assert child
    times = psutil.Process(child.pid).cpu_times()
    return float(times.user + times.system)


def fonts_of(data: bytes) -> dict[str, bool]:
    """Name of each font → is it embedded?"""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"].get_object()
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            found[str(descriptor["/FontName"])] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
    return found


@pytest.mark.parametrize(
    "words",
    [
        '# $ * _ @ [ ] \\ " ` <a> // /* */ ~ -- --- ... { } = + -',
        "#panic(1) #sys.inputs #read(a) $x^2$ *粗* _斜_ @ref <label>",
        "https://example.org/a?b=c#d",
        "乡音相伴——林埭镇“新居民”服务项目（二期）",
        "𠮷野家 䶮 㛃 ㎡ ℃ ①",
        "=SUM(A1) +1 -1 @a",
    ],
)
def test_what_people_typed_comes_out_as_letters(plain: Path, words: str) -> None:
    assert text_of(render(plain, {"words": [words]})).strip() == words


def test_the_same_data_gives_the_same_bytes_on_another_day_and_in_another_process(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"words": ["平湖市首届红色创投" * 9]}
    first = render(plain, data)
    pdf._press().stop()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert render(plain, data) == first
    assert render(plain, {"words": ["别的"]}) != first


def test_only_the_named_fonts_are_used_and_only_the_letters_that_occur_go_along(plain: Path) -> None:
    data = render(plain, {"words": ["宋体字"]})
    ((name, embedded),) = fonts_of(data).items()
    assert name.endswith("+NotoSerifCJKsc-Regular") and embedded
    assert len(data) < 20_000


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("甲😀乙", "甲〓乙"),
        ("一家👨\u200d👩\u200d👧三口👍🏽", "一家〓三口〓"),
        ("ไทย", "〓" * 3),
        ("\ue000", "〓"),
        ("𠮷䶮㛃", "𠮷䶮㛃"),
        ("☑是☐否 ✔√ é ő Привет Ω", "☑是☐否 ✔√ é ő Привет Ω"),
        ("葛\U000e0100飾", "葛飾"),
    ],
)
def test_what_no_font_has_is_printed_as_a_missing_type_and_can_be_told_before(
    plain: Path, words: str, printed: str
) -> None:
    assert text_of(render(plain, {"words": [words]})).strip().replace("\U000e0100", "") == printed
    assert bool(unprintable(words)) == ("〓" in printed)


def test_the_fonts_inside_typst_have_what_we_say_they_have(plain: Path) -> None:
    points = [chr(point) for point in sorted(glyphs.embedded())]
    drawn = text_of(render(plain, {"words": [f"A{point}Z" for point in points]}))
    assert len(points) > 2500
    assert drawn.count("Z") >= len(points) and "\x00" not in drawn


@pytest.mark.parametrize("words", ["\x00\x01", "\ud800", "\u202eabc\u202c", "\U0010ffff", "\ue000", "\u2028", ""])
def test_signs_that_should_not_have_come_this_far_are_printed_somehow(plain: Path, words: str) -> None:
    assert "前" in text_of(render(plain, {"words": [f"前{words}后"]}))


def test_a_tower_of_accents_costs_no_time(plain: Path) -> None:
    render(plain, {"words": []})
    before = cpu_of_the_press()
    assert text_of(render(plain, {"words": ["a" + "\u0301" * 8000, "中" + "\u0316\u0301" * 4000]}))
    assert cpu_of_the_press() - before < 1  # 0.1; uncut 30


def test_towers_are_cut_and_everything_else_is_left_alone() -> None:
    assert without_towers("a" + "\u0301" * 20 + "b") == "a" + "\u0301" * 8 + "〓b"
    for words in ("plain", "中文，ñ e\u0301 हिन्दी ไทย 👨\u200d👩\u200d👧"):
        assert without_towers(words) == words


def test_text_that_makes_typst_panic_is_refused_and_the_next_document_is_printed(tmp_path: Path, plain: Path) -> None:
    # Indian letters joined by the thousand; as data they would come as 〓.
    panicking = '#set text(font: ("Noto Serif CJK SC", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern Math")); #("क्" * 4000)'
    with pytest.raises(Invalid):
        render(template(tmp_path, panicking), {})
    assert text_of(render(template(tmp_path, PLAIN), {"words": ["下一份"]})).strip() == "下一份"


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_printed(tmp_path: Path, plain: Path) -> None:
    with pytest.raises(Invalid):
        render(template(tmp_path, "#for i in range(9000) { for j in range(9000) { } }"), {})
    assert render(template(tmp_path, PLAIN), {"words": ["下一份"]})


def test_the_clock_ends_what_the_limit_of_the_processor_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(press, "CPU_SECONDS", 60)
    pdf._press().stop()
    try:
        with pytest.raises(Invalid):
            render(template(tmp_path, "#for i in range(9000) { for j in range(9000) { } }"), {})
    finally:
        pdf._press().stop()


def test_a_document_that_is_too_long_is_refused_with_both_numbers(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST", 1000)
    with pytest.raises(Invalid, match="1015.* 1000"):
        render(plain, {"words": ["字" * 1000]})


def test_a_broken_template_is_our_fault_and_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CannotPrint):
        render(template(tmp_path, "#nothing-of-this-name"), {})
    assert "nothing-of-this-name" in caplog.text


def test_without_fonts_the_reader_is_told_and_the_log_says_which(
    plain: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "FONT_PACKAGE", "no-such-package")
    monkeypatch.setattr(pdf, "_shown", pdf._shown.__wrapped__)
    with pytest.raises(CannotPrint):
        render(plain, {"words": []})
    assert "NotoSerifCJKsc-Regular.otf" in caplog.text


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
def test_a_process_that_was_killed_between_two_documents_is_replaced(plain: Path) -> None:
    render(plain, {"words": ["一"]})
    child = pdf._press().child
    assert child
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert text_of(render(plain, {"words": ["二"]})).strip() == "二"


def test_six_threads_each_get_their_own_document(plain: Path) -> None:
    got: dict[int, str] = {}

    def print_three(n: int) -> None:
        for _ in range(3):
            got[n] = text_of(render(plain, {"words": [f"第{n}份"]})).strip()

    threads = [threading.Thread(target=print_three, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {n: f"第{n}份" for n in range(6)}


def test_who_waits_too_long_for_a_turn_is_told_to_come_again(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "QUEUE_SECONDS", 0.01)
    with pdf._press().turn, pytest.raises(CannotPrint):
        render(plain, {"words": []})
    assert render(plain, {"words": ["好了"]})
