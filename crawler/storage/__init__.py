"""All SQL of the project: it executes what the pure modules decided, in short transactions, and reads it back.

`database` opens and migrates, `sources`, `links` and `articles` write, `reading` is what feeds and commands read,
`search` finds articles, `export` hands them to other programs, `publishing` is the builder's own file.
"""
