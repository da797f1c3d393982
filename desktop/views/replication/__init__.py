"""Pages of templates and working models."""
