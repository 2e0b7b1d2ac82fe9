"""The bridge between the database and the pure planner: what a plan is made from, and what it says. Only reads."""
