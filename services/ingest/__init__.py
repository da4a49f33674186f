"""Articles from files, standard input and HTTP to the `articles` topic."""
