import type { z } from "zod";
import type { ModelInfo, modelInfoInput } from "@/contracts/model-capabilities";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { listedPrice } from "../prices";
import { findCapabilities } from "./capability-repository";

/** What is known about a model at its address, without asking it: what a probe found, and its listed price. */
export async function getModelInfo(
  db: Db,
  { projectId }: ProjectActor,
  { provider, baseUrl, model }: Omit<z.infer<typeof modelInfoInput>, "project">,
): Promise<ModelInfo> {
  const address = baseUrl?.trim().replace(/\/+$/, "") || null;
  return {
    capabilities: await findCapabilities(db, projectId, { provider, baseUrl: address, model }),
    price: listedPrice(model),
  };
}
