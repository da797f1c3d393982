"""The schemas that books have had, one file a step; run by `store.migrate` when a book is older than the program."""
