"""Rules: the text of one update step becomes machine code that steps one racer or a whole swarm.

A *rule* is a text with values for its hyperparameters; an *update* is what the text says, as a graph; a *kernel* makes
many steps; a *member* is one instance of a swarm; an *optimizer* is a named rule with its source.
"""
