"""What the directory is made of, apart from any database: needs, hours, numbers, words, and the open standard."""
