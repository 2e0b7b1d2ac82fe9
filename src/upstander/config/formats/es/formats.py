"""Spanish here groups and points as its readers' schools, banks and neighbors do: 70,195 and 1.5."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
