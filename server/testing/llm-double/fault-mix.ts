import { createHash } from "node:crypto";
import { seededRandom } from "../seeded-random";
import type { DoubleCall, Fault } from "./faults";

type FaultMix = {
  seed: number;
  /** Of all calls, the share with which something goes wrong. */
  share: number;
  /** Of those, the share of calls that are never answered, or too slowly. */
  slowShare: number;
};

const QUICK: readonly Fault[] = [
  { kind: "status", status: 429 },
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "drop" },
  { kind: "malformed-json" },
  { kind: "answer", text: "Sentiment: mixed" },
  { kind: "answer", text: "" },
  { kind: "refusal" },
  { kind: "fenced-json" },
  { kind: "no-logprobs" },
  { kind: "no-usage" },
  { kind: "other-model", model: "double-1-2026" },
  { kind: "delay", ms: 30 },
];
const SLOW: readonly Fault[] = [
  { kind: "silence" },
  { kind: "drip", everyMs: 50 },
  { kind: "status", status: 429, retryAfter: "1" },
];

/** Everything that can go wrong, at random: a function of the prompt and how often it came. */
export function faultMix({ seed, share, slowShare }: FaultMix): (call: DoubleCall) => Fault | null {
  return ({ prompt, numberOfPrompt }) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([seed, prompt, numberOfPrompt]))
      .digest();
    const random = seededRandom(digest.readUInt32LE());
    if (random() >= share) return null;
    const faults = random() < slowShare ? SLOW : QUICK;
    return faults[Math.floor(random() * faults.length)] ?? null;
  };
}
