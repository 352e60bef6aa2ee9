"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import {
  type CapabilityName,
  capabilityNames,
  type Finding,
  type ModelCapabilities,
} from "@/contracts/model-capabilities";
import { problemOf, useTRPC } from "@/trpc/client";
import { inputOf } from "./draft";
import { useStudio } from "./studio-context";
import { useSettled } from "./use-settled";

const titles: Record<CapabilityName, string> = {
  logprobs: "Log-probabilities",
  structuredOutput: "Structured output",
  systemMessage: "System message",
  temperature: "Temperature",
  seed: "Seed",
  batch: "Batches",
};

const states: Record<Finding["state"], { word: string; tone: "good" | "warn" | "neutral" }> = {
  yes: { word: "Yes", tone: "good" },
  no: { word: "No", tone: "warn" },
  unknown: { word: "Unknown", tone: "neutral" },
};

const SETTLE_MS = 400;

/** What the drafted model takes, as asking it has shown, with the way to ask it again. */
export function ModelCapabilitiesPanel() {
  const { project, draft, readOnly, warnings, apiKey, setApiKey } = useStudio();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { provider, baseUrl } = inputOf(draft);
  const model = useSettled(draft.model.trim(), SETTLE_MS);
  const address = useSettled(baseUrl ?? "", SETTLE_MS);
  const where = { project, provider, model };
  const info = useQuery(
    trpc.agents.modelInfo.queryOptions(
      { ...where, ...(address ? { baseUrl: address } : {}) },
      { enabled: model !== "" },
    ),
  );
  const probe = useMutation(
    trpc.agents.probe.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() }),
    }),
  );
  if (model === "") return null;
  const known = info.data?.capabilities ?? null;
  const failure = probe.error ? problemOf(probe.error).detail : probe.data?.error?.message;
  return (
    <section aria-label="What this model takes" className="flex flex-col gap-3 rounded-md border p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted" role="status">
          {known ? (
            <>
              Found by asking the model <RelativeTime value={known.probedAt} />
            </>
          ) : (
            "Nobody has asked this model yet what it takes."
          )}
        </p>
        {readOnly ? null : (
          <Button
            size="sm"
            busy={probe.isPending}
            onClick={() =>
              probe.mutate({
                ...where,
                baseUrl,
                ...(apiKey.trim() && draft.place !== "builtin" ? { apiKey } : {}),
              })
            }
          >
            {known ? "Probe again" : "Probe the model"}
          </Button>
        )}
      </div>
      {info.isPending ? (
        <SkeletonRows label="Loading what is known" rows={2} />
      ) : info.error ? (
        <Notice tone="bad" title="What is known did not load">
          {problemOf(info.error).detail}
        </Notice>
      ) : known ? (
        <Findings known={known} />
      ) : null}
      {failure ? (
        <Notice tone="bad" title="The model did not answer">
          {failure}
        </Notice>
      ) : null}
      {failure && draft.place !== "builtin" && !readOnly ? (
        <Field label="Key for the probe" optional hint="For these calls alone; it is not kept.">
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={apiKey}
              onChange={(event) => setApiKey(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="warn" title="This model will not take all of it">
          <ul className="list-disc pl-4">
            {warnings.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <span className="font-mono text-xs">{path}</span>: {message}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </section>
  );
}

function Findings({ known }: { known: ModelCapabilities }) {
  const { capabilities, servedModel, model, listed } = known;
  return (
    <>
      <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-2">
        {capabilityNames.map((name) => {
          const { state, detail } = capabilities[name];
          const { word, tone } = states[state];
          return (
            <div key={name} className="min-w-0">
              <dt className="flex items-center gap-2">
                {titles[name]} <Badge tone={tone}>{word}</Badge>
              </dt>
              <dd className="break-words text-xs text-muted">{detail}</dd>
            </div>
          );
        })}
      </dl>
      {servedModel !== null && servedModel !== model ? (
        <p className="text-xs text-muted">
          It calls itself <span className="font-mono">{servedModel}</span>.
        </p>
      ) : null}
      {listed === false ? (
        <p className="text-xs text-muted">The provider does not list it for this key.</p>
      ) : null}
    </>
  );
}
