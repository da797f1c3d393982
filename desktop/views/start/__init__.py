"""The first page, and making a new book."""
