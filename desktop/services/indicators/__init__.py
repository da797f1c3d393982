"""Indicators over facts of a place and a period."""
