"""All SQL of the project: it executes what the pure modules decided, in short transactions, and reads it back.

`database` opens, `schema` and `upgrade` migrate, `tables` describes, `check` and `copying` keep it whole; `sources`,
`links`, `articles`, `aliases`, `merges`, `revisions` and `takedowns` write; `signatures`, `decisions` and `stories` are
what grouping compares, decides and makes of it; `reading` is what feeds and commands read, `search` finds articles,
`export` hands them to other programs, `publishing` is the builder's own file.
"""
