"""Documents: one template engine for every certificate, card and sheet (see `typeset`)."""
