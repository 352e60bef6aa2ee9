-- AlterTable
ALTER TABLE "Job" ADD COLUMN "priceTiers" JSONB;
