"""Tests of the pages of loans."""
