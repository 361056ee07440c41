"""How fast is it, beside bare pages in the same run? `make bench`. Figures are printed, never asserted."""
