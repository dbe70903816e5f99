"""The register as the bureau keeps it, a workbook: its columns, how its rows are read, and what they would change.

    columns → reading (a row of cells becomes values, or errors by column) → comparing (with the register) → checking

No database row is made into an object on the way and no form is asked per row: `make bench ONLY=import` watches the
time and the memory. The rules are those of the model's own fields, so that a row and a form agree
(tests/organizations/test_one_set_of_rules.py).
"""
