"""The page where interest is credited to a group's savings."""
