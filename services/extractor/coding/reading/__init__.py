"""From an article's raw text to sentences, and from sentences to parse trees."""
