-- A snapshot of many labels is made in the background: where it stands, how far it is, why it failed.
CREATE TYPE "AggregationStatus" AS ENUM ('running', 'ready', 'failed');

ALTER TABLE "Aggregation" ADD COLUMN "status" "AggregationStatus" NOT NULL DEFAULT 'ready',
ADD COLUMN "progress" DOUBLE PRECISION,
ADD COLUMN "error" JSONB;
