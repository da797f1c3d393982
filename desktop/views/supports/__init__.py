"""The rooms of support with external resources."""
