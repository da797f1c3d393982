"""The project board: measures, targets, the lists behind figures."""
