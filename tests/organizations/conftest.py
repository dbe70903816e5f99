from tests.fixtures import in_english  # noqa: F401  (fixture)
