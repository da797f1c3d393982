"""Printing: statements of one member, a group or all groups; every other paper; checking a printed paper."""
