"""Bringing members in from Excel and CSV, step by step."""
