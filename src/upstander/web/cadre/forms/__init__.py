"""Forms check shape only; whether a day, a number or a person is right is the service's question."""
