"""`flask consult …`: what is done from a terminal."""
