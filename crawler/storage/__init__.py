"""All SQL of the project: it executes what the pure modules decided, in short transactions, and reads it back.

`database` opens, `schema` and `upgrade` migrate, `tables` describes, `check` and `copying` keep it whole, `sources`,
`links` and `articles` write, `reading` is what feeds and commands read, `publishing` is the builder's own file.
"""
