"""Expected figures from other systems, run against this program: `python -m tests.oracle FILE…`."""
