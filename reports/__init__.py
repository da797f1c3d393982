"""The paper: every report is a frozen value and a function that turns it into a PDF, without a database."""
