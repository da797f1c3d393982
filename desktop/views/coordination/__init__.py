"""Meetings with the local authorities and the promises given there."""
