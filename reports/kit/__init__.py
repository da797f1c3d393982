"""What all papers share: text, fonts, sizes, the one frame of every page, tables, signatures, charts."""
