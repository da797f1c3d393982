"""Tests of the pages of rotating funds."""
