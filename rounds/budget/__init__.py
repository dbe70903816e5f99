"""The rules of a budget (预算规则), held against its lines: `checking` decides, `problem` reads JSON, `words` says it."""
