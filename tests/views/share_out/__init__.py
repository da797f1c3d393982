"""Tests of the share-out page."""
