-- Full text search: the words of a text, folded as the keyword index folds them, whatever the server's locale.
-- No stemming and no stop words, because a project's language is not known.
create index "Record_content_words" on "Record"
  using gin (to_tsvector('simple', lower("content" collate "pg_c_utf8"))) where "deletedAt" is null;
