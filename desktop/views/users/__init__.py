"""Users of the book, signing in, the log of reading, requests of people about their data."""
