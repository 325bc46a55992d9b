"""Text to tree: tokens, lines, expressions, and errors with their place and what to try.

Each file uses only those before it: `other_notations`, `unknown_characters`, `tokens` and `tree`; `glued_names`,
`suggestions`, `names` and `lines`; `cursor`, the state of reading a line; `lookahead`, `ambiguities` and `grammar`,
functions that read from a cursor; `definitions`, whole lines; `bars` and `semantic_checks`, checks of a line and of a
text; `rule_text`, a rule with its tokens; `parser`, the entry.
"""
