"""People: the list, the page of one person, households."""
