-- AlterTable
ALTER TABLE "FinalLabel" ADD COLUMN     "spans" JSONB;
