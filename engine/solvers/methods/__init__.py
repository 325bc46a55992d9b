"""The solvers themselves: each file holds one method, or methods that differ in one choice."""
