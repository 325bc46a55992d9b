"""Loss over steps: a curve for each racer."""
