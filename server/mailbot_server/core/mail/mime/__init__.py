"""The mechanics of MIME: header blocks, charsets, encodings and the tree of parts."""
