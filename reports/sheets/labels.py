"""Labels of the forms for what the database keeps as codes. A form is Chinese whatever language its maker reads."""

from organizations.models import Tier
from showcases.models import Exhibit
from ventures.states import TABLE, State

STATE: dict[str, str] = {state: row.word for state, row in TABLE.items()}

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
