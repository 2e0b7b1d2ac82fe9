"""Values that open something, sealed before they reach the database: whoever copies it reads none of them."""
