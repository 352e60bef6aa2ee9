-- CreateTable
CREATE TABLE "ModelCapability" (
    "projectId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "findings" JSONB NOT NULL,
    "probedById" UUID NOT NULL,
    "probedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelCapability_pkey" PRIMARY KEY ("projectId","provider","baseUrl","model")
);

-- AddForeignKey
ALTER TABLE "ModelCapability" ADD CONSTRAINT "ModelCapability_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
