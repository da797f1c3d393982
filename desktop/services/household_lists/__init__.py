"""A commune's list of poor and near-poor households: read, matched with the households of the book, kept by year.

sheet = read_table(path)
seen = preview(book, sheet, mapping_for(book, sheet), ListOptions(year=2026, …))
keep(book, seen, decisions, act)       # or write_rejects(path, seen, decisions)
"""
