"""Reading the public pages: those that ship, filled in for the actor's district."""
