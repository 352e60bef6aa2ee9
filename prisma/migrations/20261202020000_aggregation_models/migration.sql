-- What a policy that is a model made of the annotators. It is large, and read with one snapshot alone.
alter table "Aggregation" add column "model" jsonb;
