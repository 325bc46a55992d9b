"""Rules: the text of one update step becomes machine code that moves one racer or a whole swarm.

A *rule* is a text with values for its hyperparameters; an *update* is that text as a graph; a *kernel* makes many
updates; a *member* is one instance of a swarm; an *optimizer* is a named rule with its source; a *modifier* is a
wrapper or a schedule, which makes another rule of a rule.
"""
