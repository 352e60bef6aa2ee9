-- What an import of labels brought: annotators, gold, and what the file holds that has no counterpart.
ALTER TABLE "ImportRun" ADD COLUMN "labelReport" JSONB;
