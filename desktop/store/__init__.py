"""Where the book is kept: the file or server, its chain, its copies."""
