from tests.fixtures import applicant, desk, draft, in_english, people  # noqa: F401  (fixtures)
