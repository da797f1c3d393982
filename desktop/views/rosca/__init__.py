"""Rotating funds: agreed, opened, read."""
