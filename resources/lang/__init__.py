"""Vietnamese: amounts, days, names, their order and search, words on the screen."""
