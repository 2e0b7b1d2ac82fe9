"""The public pages as data: as they ship, and as one reader sees them. No database."""
