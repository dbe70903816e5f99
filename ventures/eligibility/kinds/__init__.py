"""How each kind of rule on who may apply is answered: an object in the module of the same name as its set-up."""

from collections.abc import Mapping

from common.machine.registry import modules_in
from ventures.eligibility.case import Evaluation

EVALUATIONS: Mapping[str, Evaluation] = {
    module.EVALUATION.slug: module.EVALUATION for __, module in modules_in(__name__)
}
