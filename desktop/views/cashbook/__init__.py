"""Vouchers, the cash book and the trial balance of a group."""
