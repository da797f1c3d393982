"""What is recorded, and its rules."""
