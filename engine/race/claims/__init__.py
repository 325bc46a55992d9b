"""What can be asked of a race: claims such as ``steps_to(1, 1e-3) < steps_to(2, 1e-3)``, in the language of formulas.

Each file uses only those before it: `interval`, a number of which only bounds may be known; `racer_record`, where a
racer has been; `quantities`, what can be asked of a record; `claim`, a text with its answer.
"""
