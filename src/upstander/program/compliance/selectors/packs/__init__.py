"""The auditor pack: everything that was counted for a day, as known at a moment, as files that come out the same."""
