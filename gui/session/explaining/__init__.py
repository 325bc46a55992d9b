"""What a person has chosen of what explains the steps of the racers."""
