"""From stored articles to what subscribers read: select -> entry -> render -> publish.

`feeds.build` puts the steps together; `feeds.commands` is the command line, `feeds.demo` the example sites.
"""
