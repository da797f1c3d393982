"""What screens, rules and paper share: texts, names, amounts, places, fonts and other shipped data."""
