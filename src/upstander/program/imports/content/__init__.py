"""What the cells of a list mean: its columns, its lines, whom they name, and what they will change. Pure."""
