"""Text to tree: the pieces of a text, what they may be, and what to try where they have no meaning.

Files stand in the order in which they build on one another: `unknown_characters`, `tokens` and `tree`; `glued_names`,
`suggestions`, `names` and `lines`; one reader in layers, `cursor`, `brackets`, `applications`, `atoms`, `expression`
and `definitions`; then `bars`, `semantic_checks` and `parser`; `rewriting` puts other names into a text.
"""
