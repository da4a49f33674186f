"""What the coder knows of words: data files with their schemas, and the matcher over all of them."""
