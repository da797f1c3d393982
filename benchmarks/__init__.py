"""How fast the program is, as ratios within one run: what we do against the bare minimum on the same machine."""
