"use client";

import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import type { ModelInfo } from "@/contracts/model-capabilities";
import { useTRPC } from "@/trpc/client";
import { useStudio } from "./studio-context";
import { useSettled } from "./use-settled";

const SETTLE_MS = 400;

/** The price that costs are counted with: the agent's own, else the listed one with its day. */
export function ModelPriceFields() {
  const { project, draft } = useStudio();
  const trpc = useTRPC();
  const model = useSettled(draft.model.trim(), SETTLE_MS);
  const { provider } = draft;
  const info = useQuery(
    trpc.agents.modelInfo.queryOptions({ project, provider, model }, { enabled: model !== "" }),
  );
  const price = info.data?.price ?? null;
  return (
    <>
      <PriceInput part="input" label="Price of input" path="model.price.inputPerMillion" listed={price} />
      <PriceInput part="output" label="Price of output" path="model.price.outputPerMillion" listed={price} />
    </>
  );
}

type PriceInputProps = {
  part: "input" | "output";
  label: string;
  path: string;
  listed: ModelInfo["price"];
};

function PriceInput({ part, label, path, listed }: PriceInputProps) {
  const { draft, change, problemAt, readOnly } = useStudio();
  const { count } = useFormat();
  const known = listed && priceOfPart(part, listed);
  return (
    <Field label={label} hint={hintOf(part, listed, count)} error={problemAt(path)}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="tabular"
          readOnly={readOnly}
          placeholder={known === null ? "unknown" : String(known)}
          value={draft.price[part]}
          onChange={(event) => change({ price: { ...draft.price, [part]: event.target.value } })}
        />
      )}
    </Field>
  );
}

const priceOfPart = (
  part: PriceInputProps["part"],
  price: { inputPerMillion: number; outputPerMillion: number },
) => (part === "input" ? price.inputPerMillion : price.outputPerMillion);

function hintOf(
  part: PriceInputProps["part"],
  listed: ModelInfo["price"],
  count: (tokens: number) => string,
): string {
  const unit = "US dollars per million tokens";
  if (listed === null) return `${unit}; none is listed: set what you pay, or no cap can be kept`;
  if (listed.asOf === null) return `${unit}; free`;
  const longer = (listed.tiers ?? []).map(
    (tier) => `, ${priceOfPart(part, tier)} with a prompt over ${count(tier.abovePromptTokens)} tokens`,
  );
  return `${unit}; blank takes the price listed on ${listed.asOf}${longer.join("")}; set your own where it differs`;
}
