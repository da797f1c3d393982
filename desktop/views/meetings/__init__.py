"""Meetings: the sheet that a clerk keys in, the list of meetings, correction, reversal and their papers."""
