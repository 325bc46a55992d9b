"""What a person has chosen for studies of many races at once: a tuning, a map of two settings, a league."""
