"""The share-out at the end of a cycle."""
