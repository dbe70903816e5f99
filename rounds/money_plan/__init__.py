"""The money plan of a round (资金计划): `model` is what it says, `cutting` makes tranches of an award, `walking` walks it to
closure, `words` says where it stops."""
