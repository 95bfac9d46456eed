"""From a document to stored rows: read, annotate, extract, resolve, store."""
