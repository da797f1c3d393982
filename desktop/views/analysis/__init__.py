"""The analysis page: tables crossed, the report of inclusion, indicators, action lists, counts of the commune."""
