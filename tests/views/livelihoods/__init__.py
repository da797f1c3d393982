"""Tests of the pages of livelihoods."""
