"""Pure rules: facts in, values and problems out. No database, no window, no clock."""
