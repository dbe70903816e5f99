"""The rules of a round as a file: what a template holds. `docs/round-format.md` describes it; its names are those of the cards
(`rounds.cards`), their facts and their tables, so that a new setting is in it as soon as it is on a card."""

VERSION = 1
