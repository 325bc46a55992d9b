"""The racers: a card for each, the list to add one from, and what is known of each optimizer."""
