"""Modifiers of rules: wrappers add lines to a rule, schedules multiply its learning rate by a factor in each step."""
