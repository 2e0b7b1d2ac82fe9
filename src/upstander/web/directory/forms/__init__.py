"""Forms check shape only."""
