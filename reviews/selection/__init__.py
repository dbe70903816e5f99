"""Who gets what of a ranked round (拟立项): `model` says what is known and found, `by_list` decides, `problem` reads JSON,
`words` says it."""
