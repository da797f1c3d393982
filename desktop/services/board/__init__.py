"""The project board: measures and their targets. Each figure is the length of the list that stands behind it."""
