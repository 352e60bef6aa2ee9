-- An import says what it brings, where its file came from, how far it is, and that a killed one was begun anew.
CREATE TYPE "ImportKind" AS ENUM ('records', 'labels');
CREATE TYPE "ImportSource" AS ENUM ('upload', 'url', 'paste');
CREATE TYPE "ImportPhase" AS ENUM ('fetching', 'reading', 'writing', 'marking');

ALTER TABLE "ImportRun" ADD COLUMN "kind" "ImportKind" NOT NULL DEFAULT 'records',
  ADD COLUMN "source" "ImportSource" NOT NULL DEFAULT 'upload',
  ADD COLUMN "url" TEXT,
  ADD COLUMN "bytesRead" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "phase" "ImportPhase",
  ADD COLUMN "progress" DOUBLE PRECISION,
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "recovered" JSONB,
  ADD COLUMN "skippedDeleted" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "restored" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "nearDuplicates" INTEGER;
