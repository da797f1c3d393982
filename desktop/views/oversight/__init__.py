"""Is the book whole, and is there a copy of it: checking and backing up."""
