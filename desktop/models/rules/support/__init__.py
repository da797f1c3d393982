"""Rules of support with external resources (indicators.md section 3.6): pure, without the book."""
