"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { type Provider, provider, providers } from "@/contracts/providers";
import type { Draft } from "./draft";
import { useStudio } from "./studio-context";

const BUILTIN = "tandem-tiny";
const ways = provider.options.map((value) => ({ value, label: providers[value].title }));

type Place = Provider | "builtin" | "address";
const places = [
  ...provider.options.map((value) => ({
    value,
    label: providers[value].title,
    hint: value === "openai:chat" ? "Or the address this server is set up with" : providers[value].ownAddress,
  })),
  { value: "builtin", label: "Built-in model", hint: "tandem-tiny, not an LLM; needs no key" },
  {
    value: "address",
    label: "Another address",
    hint: "vLLM, llama.cpp, Ollama, Azure, a gateway: whatever speaks like one of these",
  },
] as const satisfies readonly { value: Place; label: string; hint: string }[];

/** Where calls go, in which way, and which model answers. */
export function ModelPlace() {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Provider" error={problemAt("provider")}>
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              options={places}
              value={draft.place === "provider" ? draft.provider : draft.place}
              onValueChange={(place) => change(movedTo(place, draft))}
            />
          )}
        </Field>
        <Field label="Model" error={problemAt("model.model")}>
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              spellCheck={false}
              readOnly={readOnly || draft.place === "builtin"}
              value={draft.model}
              onChange={(event) => change({ model: event.target.value })}
            />
          )}
        </Field>
      </div>
      {draft.place === "builtin" ? (
        <Notice title="Built-in, not an LLM">
          A small classifier inside Tandem, trained on the sample messages. It knows sentiment well enough to
          try everything out; on other tasks it guesses and says so by low confidence.
        </Notice>
      ) : null}
      {draft.place === "address" ? <AddressFields /> : null}
    </>
  );
}

function AddressFields() {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Base URL"
        hint="As in https://host/v1; Azure: https://name.openai.azure.com/openai/v1"
        error={problemAt("baseUrl")}
      >
        {(control) => (
          <Input
            {...control}
            type="url"
            readOnly={readOnly}
            value={draft.address}
            onChange={(event) => change({ address: event.target.value })}
          />
        )}
      </Field>
      <Field label="Speaks like">
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            options={ways}
            value={draft.provider}
            onValueChange={(way) => change({ provider: way })}
          />
        )}
      </Field>
    </div>
  );
}

/** The built-in model's name means nothing elsewhere, and it speaks one way alone. */
function movedTo(place: Place, draft: Draft): Partial<Draft> {
  if (place === "builtin") return { place, provider: "openai:chat", model: BUILTIN };
  const model = draft.model === BUILTIN ? { model: "" } : {};
  return place === "address" ? { place, ...model } : { place: "provider", provider: place, ...model };
}
