"""Counting the boxes outside meetings, and the opening balances of a group that starts on paper."""
