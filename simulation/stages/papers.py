"""附件和盖章扫描件: the files of an application, made when they are handed in, as small PDFs that say what they are."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from common.clock import today
from common.files import DOCUMENTS, SCANS, receive
from common.models import StoredFile
from organizations.models import Organization
from simulation.paper import paper
from simulation.scene import Part, Scene
from simulation.story import SimulationError
from ventures import actions
from ventures.application.content import ApplicationContent

MARK = "（演示）"


def attach(scene: Scene, part: Part) -> None:
    """The papers of the story, each under the paper that the round asks for."""
    if not part.story.papers:
        return
    rules = {rule.label: rule for rule in scene.round.attachment_rules.all()}
    for label in part.story.papers:
        if label not in rules:
            raise SimulationError(f"{scene.round}: paper {label}?")
        with transaction.atomic():
            file = _keep(f"{label}{MARK}.pdf", _made(part, label), DOCUMENTS, part)
            actions.attach(part.venture, by=part.applicant, rule=rules[label], file=file)


def stamp(part: Part) -> None:
    """The scan of the form as it is now, where the round wants one."""
    if not part.venture.round.stamp_required:
        return
    printed = ApplicationContent(part.venture).hash
    facts = {
        "届次": part.venture.round.title,
        "项目名称": f"《{part.venture.title}》",
        "申报单位": part.organization.name,
        "版本校验码": printed[:16],
    }
    text = "本单位承诺：所填内容及所附材料真实、准确、完整。本页代表已签字盖章的申报书全文。"
    content = paper(f"项目申报书签章页{MARK}", facts, text=text, issuer=part.organization.name, day=_day(), sealed=True)
    with transaction.atomic():
        file = _keep(f"申报书盖章扫描件{MARK}.pdf", content, SCANS, part)
        actions.bind_stamp(part.venture, by=part.applicant, file=file, printed_hash=printed)


def _keep(name: str, content: bytes, allowed: Any, part: Part) -> StoredFile:
    received = receive(ContentFile(content, name=name), allowed=allowed)
    return received.keep(by=part.applicant, is_demo=part.venture.is_demo)


def _made(part: Part, label: str) -> bytes:
    make = PAPERS.get(label, partial(_other, label=label))
    return make(part)


def _organization(organization: Organization) -> dict[str, Any]:
    return {"单位名称": organization.name, "统一社会信用代码": organization.acting_code}


def _certificate(part: Part) -> bytes:
    o = part.organization
    facts = {
        **_organization(o),
        "法定代表人": o.legal_representative,
        "住所": o.address,
        "成立日期": o.founded_on,
    }
    text = "经审查，符合登记条件，准予登记。有效期内按章程开展活动。"
    return paper(f"社会组织登记证书{MARK}", facts, text=text, issuer=f"登记管理机关{MARK}", day=str(o.founded_on))


def _inspection(part: Part) -> bytes:
    facts = {**_organization(part.organization), "检查年度": today().year - 1, "检查结论": "合格"}
    text = "经对上一年度工作报告、财务情况和党建情况的检查，作出以上结论。"
    return paper(f"年度检查结论通知书{MARK}", facts, text=text, issuer=f"登记管理机关{MARK}", day=_day())


def _agreement(part: Part) -> bytes:
    place = part.venture.place.name if part.venture.place else ""
    facts = {
        "甲方": f"演示合作单位（{place}）",
        "乙方": part.organization.name,
        "合作项目": f"《{part.venture.title}》",
        "甲方提供": "活动场地、服务对象摸底、秩序维护",
        "乙方提供": "项目实施、专业人员、活动物料",
    }
    text = "双方按项目计划开展合作，场地无偿使用，协议期与项目实施期一致。"
    return paper(f"项目合作协议{MARK}", facts, text=text, issuer=part.organization.name, day=_day())


def _other(part: Part, *, label: str) -> bytes:
    text = f"本页代表“{label}”。"
    return paper(f"{label}{MARK}", _organization(part.organization), text=text, issuer=f"颁发机关{MARK}", day=_day())


def _day() -> str:
    day = today()
    return f"{day.year}年{day.month}月{day.day}日"


PAPERS: dict[str, Callable[[Part], bytes]] = {
    "登记证书": _certificate,
    "上年度年检结论": _inspection,
    "合作协议": _agreement,
}
