"""What the pages about groups and about people share: the log of changes, and finding people while typing."""
