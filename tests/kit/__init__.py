"""Small loopback servers that behave like real sites, in markup and over HTTP: one CMS a module.

`newsroom` holds the articles and what happens to them (publish, edit, trash, ...), `cms` what every server shares, and
each further module one CMS as it comes. `truth()` of a server names what a complete crawl of it must hold.
"""
