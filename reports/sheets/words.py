"""Words of the forms for what the database keeps as codes. A form is Chinese whatever language its maker reads."""

from organizations.models import Tier
from showcases.models import Exhibit
from ventures.states import State

STATE: dict[str, str] = {
    State.SUBMITTED: "待形式审查",
    State.RETURNED: "退回补正",
    State.NOT_ACCEPTED: "不予受理",
    State.ELIGIBLE: "待评审",
    State.IN_REVIEW: "评审中",
    State.PROPOSED: "拟立项",
    State.RESERVE: "候补",
    State.NOT_SELECTED: "未入选",
    State.ON_NOTICE: "公示中",
    State.OBJECTED: "异议核查",
    State.CANCELLED: "取消立项",
    State.AWARDED: "待签约",
    State.IN_DELIVERY: "实施中",
    State.MID_TERM: "中期评估",
    State.RECTIFYING: "整改中",
    State.IN_EVALUATION: "末期评估",
    State.EVALUATED: "待成果展",
    State.SHOWN: "结项中",
    State.CLOSED: "已结项",
    State.TERMINATING: "终止清算",
    State.TERMINATED: "已终止",
}

# 是否入选, as the score sheet asks it.
SELECTED: dict[str, str] = {
    State.ELIGIBLE: "",
    State.IN_REVIEW: "",
    State.RESERVE: "候补",
    State.NOT_SELECTED: "否",
    State.CANCELLED: "取消",
}

SHOWN_AS: dict[str, str] = {
    "": "",
    "waived": "免展",
    Exhibit.Form.TALK: "宣讲",
    Exhibit.Form.BOARD: "展板",
    Exhibit.Form.FILM: "视频",
    Exhibit.Form.STALL: "义卖",
}

TIER: dict[str, str] = {Tier.CITY: "市", Tier.TOWN: "镇街道", Tier.VILLAGE: "村社区"}

CONCLUSION: dict[str, str] = {State.CLOSED: "准予结项", State.TERMINATED: "终止", State.TERMINATING: "终止清算中"}
