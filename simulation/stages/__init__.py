"""The life of a round in stages, each a function of the scene; every move is made by whom the rules let make it."""
