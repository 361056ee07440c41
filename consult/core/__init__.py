"""What is the theory of consulting, apart from any screen or store?

Nothing here reads a clock, a file, a database, a request or a language catalogue.
What it needs, it is given; what it finds, it returns; what it refuses, it raises as a type.
"""
