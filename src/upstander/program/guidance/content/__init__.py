"""What the guide ships as data, and what is put together from it. No database."""
