"""Loans on the screen: products, applications, one loan, the portfolio, and what the group owes to lenders."""
