-- CreateEnum
CREATE TYPE "ResponseStatus" AS ENUM ('UNSURE', 'NONE');

-- AlterTable
ALTER TABLE "AnnotationEvent" ADD COLUMN "response" "ResponseStatus";

-- CreateTable
CREATE TABLE "AnnotationResponse" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "annotatorId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "status" "ResponseStatus" NOT NULL,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnnotationResponse_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AnnotationResponse_projectId_annotatorId_labelName_idx" ON "AnnotationResponse"("projectId", "annotatorId", "labelName");

-- CreateIndex
CREATE UNIQUE INDEX "AnnotationResponse_projectId_recordId_annotatorId_labelName_key" ON "AnnotationResponse"("projectId", "recordId", "annotatorId", "labelName");

-- AddForeignKey
ALTER TABLE "AnnotationResponse" ADD CONSTRAINT "AnnotationResponse_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnnotationResponse" ADD CONSTRAINT "AnnotationResponse_projectId_annotatorId_fkey" FOREIGN KEY ("projectId", "annotatorId") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
