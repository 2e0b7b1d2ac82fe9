"""Reading directories of schools: mappings as data, and files by mapping. No database."""
