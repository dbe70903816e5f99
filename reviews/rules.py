"""Who may do what in the review. Experts have no staff role, so that whoever scores does not choose."""

from typing import Any

import rules

from accounts.rules import is_clerk, is_expert, is_manager, is_supervisor
from reviews.models import Review


@rules.predicate
def is_its_expert(user: Any, review: Any) -> bool:
    return isinstance(review, Review) and review.expert_id == user.pk


@rules.predicate
def is_recused(user: Any, review: Any) -> bool:
    return isinstance(review, Review) and review.state == Review.State.RECUSED


rules.add_perm("reviews.use_desk", is_expert)
rules.add_perm("reviews.score", is_expert & is_its_expert & ~is_recused)
rules.add_perm("reviews.set_panel", is_clerk | is_manager)
# Of others; an expert may always declare a conflict of their own.
rules.add_perm("reviews.recuse", is_clerk | is_manager)
rules.add_perm("reviews.unlock", is_clerk | is_manager)
rules.add_perm("reviews.read_desk", is_clerk | is_manager | is_supervisor)
# By when the panel scores, who runs the review knows, and who sits in it of what they see.
rules.add_perm("reviews.read_due_dates", is_expert | is_clerk | is_manager | is_supervisor)
rules.add_perm("reviews.view", (is_expert & is_its_expert & ~is_recused) | is_clerk | is_manager | is_supervisor)
rules.add_perm("reviews.select", is_manager)
