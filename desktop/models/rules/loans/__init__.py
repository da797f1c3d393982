"""The loan engine: terms → schedule, terms + events → state. Pure, whole numbers, no clock, no database.

Every amount inside is an `int` in the smallest unit of the currency (đồng has no smaller one); rates are
`Fraction`. docs/loans.md defines each method and option.
"""
