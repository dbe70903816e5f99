"""The life of a round. Transition bodies are quiet: they set fields, nothing else.

Only `common.machine.door.move` calls them. Docs, state diagram, permission matrix and database trigger are made from here.
"""

from django.utils.translation import gettext_lazy as _

from common.machine.lifecycle import Machine, StateField, transition
from rounds.states import TABLE, RoundState


class RoundLifecycle(Machine):
    """The life of a round (届)."""

    table = TABLE
    state = StateField(
        _("State"), choices=RoundState.choices, default=RoundState.PREPARING, protected=True, db_index=True
    )

    class Meta:
        abstract = True

    @transition(state, _("Open the call"), source=RoundState.PREPARING, target=RoundState.OPEN, may="rounds.run")
    def open(self) -> None:
        """发布征集: the rules of the round are complete and from now on frozen."""

    @transition(state, _("Close the call"), source=RoundState.OPEN, target=RoundState.CALL_CLOSED, may="rounds.run")
    def close_call(self) -> None:
        """征集截止: the window is over."""

    @transition(
        state,
        _("Begin the review"),
        source=RoundState.CALL_CLOSED,
        target=RoundState.IN_REVIEW,
        may="rounds.run",
    )
    def begin_review(self) -> None:
        """启动评审: no application waits for screening any more."""

    @transition(
        state, _("Publish the notice"), source=RoundState.IN_REVIEW, target=RoundState.ON_NOTICE, may="rounds.publish"
    )
    def publish(self) -> None:
        """发布公示."""

    @transition(
        state, _("Begin delivery"), source=RoundState.ON_NOTICE, target=RoundState.IN_DELIVERY, may="rounds.run"
    )
    def begin_delivery(self) -> None:
        """进入实施: nothing is on notice any more."""

    @transition(
        state,
        _("Complete the round"),
        source=RoundState.IN_DELIVERY,
        target=RoundState.CLOSED,
        may="rounds.run",
    )
    def close(self) -> None:
        """办结: every venture has come to its end."""
