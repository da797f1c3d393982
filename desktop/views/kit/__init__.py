"""What pages are made of: desk, table, form, inputs, messages, theme. Start with docs/views-kit.md."""
