"""The tables: mapped classes, one file a subject. Only `store` and `services` may look in here."""
