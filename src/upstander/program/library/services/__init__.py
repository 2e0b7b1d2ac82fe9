"""The one door through which a district's own words change."""
