"""The formula bar: where a loss function is typed, checked, completed and typeset."""
