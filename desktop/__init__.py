"""Sổ Nhóm: the window, the commands, what people do, and where it is kept."""
