"""Spreadsheets from elsewhere, as they really come: read to plain cells, and what a cell can be read as."""
