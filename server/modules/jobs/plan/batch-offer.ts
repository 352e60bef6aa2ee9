import type { JobEstimate } from "@/contracts/jobs";
import type { ModelCapabilities } from "@/contracts/model-capabilities";
import { batchDiscount } from "@/server/modules/agents";
import { batchLimits } from "@/server/platform/llm";
import { samplesOf } from "../run/load-job-run";
import type { FrozenAgent } from "./agent-version";

/** Whether an agent can be asked in batches, why not, and for how much less. */
export function batchOffer(agent: FrozenAgent, capabilities: ModelCapabilities | null): JobEstimate["batch"] {
  const discount = batchDiscount(agent);
  return {
    problem: problemOf(agent, capabilities),
    priceFactor: discount?.factor ?? null,
    priceAsOf: discount?.asOf ?? null,
  };
}

function problemOf(agent: FrozenAgent, capabilities: ModelCapabilities | null): string | null {
  if (batchLimits(agent.provider) === null)
    return `no batches are handed in at the provider "${agent.provider}"`;
  const samples = samplesOf(agent);
  if (samples > 1)
    return `the agent's confidence asks about each record ${samples} times, which batches would do one after the other; choose live, or give the agent another confidence`;
  if (capabilities === null)
    return "the model was never probed at its address, so nobody knows whether it takes batches; probe it in the agent's model settings";
  const { state, detail } = capabilities.capabilities.batch;
  if (state === "yes") return null;
  return `probing found no batches at the model's address (${detail ?? "no reason was given"}); probe it again in the agent's model settings if that has changed`;
}
