"""The past once more: stored or archived pages -> extraction -> intake, in slices that let an update in.

`reprocess` reads the pages of `pages.db` again, `importing` those of `archives` (WARC, saved HTML, packed by
`unpacking`). Both read by `rereading`, on all cores by `readers`. `warc` writes an archive.
"""
