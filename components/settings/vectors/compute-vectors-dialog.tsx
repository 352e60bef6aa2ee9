"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

const BUILTIN = "tandem-tiny";
const places = [
  { value: "builtin", label: "Built-in model", hint: "compares wording, not meaning; needs no key" },
  { value: "openai", label: "OpenAI", hint: "or what this server puts in its place" },
  { value: "other", label: "Another address", hint: "anything that answers as OpenAI's embeddings do" },
] as const;
type Place = (typeof places)[number]["value"];

type ComputeVectorsDialogProps = { project: string; onClose: () => void };

/** Which model computes vectors of the records that have none, and under which name. */
export function ComputeVectorsDialog({ project, onClose }: ComputeVectorsDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [place, setPlace] = useState<Place>("builtin");
  const [model, setModel] = useState("text-embedding-3-small");
  const [name, setName] = useState("embedding");
  const [address, setAddress] = useState("");
  const [apiKey, setApiKey] = useState("");
  const start = useMutation(
    trpc.vectors.startEmbeddings.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.vectors.pathKey() });
        onClose();
      },
    }),
  );
  const problem = (path: string) => fieldProblemOf(start.error, path);
  const builtin = place === "builtin";

  function send(event: FormEvent) {
    event.preventDefault();
    start.mutate({
      project,
      name,
      model: builtin ? BUILTIN : model,
      baseUrl: builtin ? "builtin" : place === "other" ? address : null,
      ...(builtin || apiKey.trim() === "" ? {} : { apiKey }),
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Compute vectors"
      description="For every record that has none of this name. It runs in the background and can be cancelled."
      footer={
        <Button variant="primary" type="submit" form="compute-vectors" busy={start.isPending}>
          Compute vectors
        </Button>
      }
    >
      <form id="compute-vectors" className="flex flex-col gap-4" onSubmit={send}>
        {start.error && !["name", "model", "baseUrl", "apiKey"].some(problem) ? (
          <Notice tone="bad">{problemOf(start.error).detail}</Notice>
        ) : null}
        <Field label="Name" hint="Vectors of one name are compared with each other" error={problem("name")}>
          {(control) => (
            <Input {...control} required value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label="Where">
          {(control) => (
            <Select {...control} options={places} value={place} onValueChange={(next) => setPlace(next)} />
          )}
        </Field>
        {place === "other" ? (
          <Field label="Address" hint="Ends in /v1" error={problem("baseUrl")}>
            {(control) => (
              <Input
                {...control}
                required
                type="url"
                value={address}
                placeholder="https://host/v1"
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {builtin ? null : (
          <>
            <Field label="Model" error={problem("model")}>
              {(control) => (
                <Input
                  {...control}
                  required
                  value={model}
                  onChange={(event) => setModel(event.target.value)}
                />
              )}
            </Field>
            <Field
              label="Key"
              optional
              hint="Kept encrypted until the run ends, then erased. Left empty, the server's own."
              error={problem("apiKey")}
            >
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
          </>
        )}
      </form>
    </Dialog>
  );
}
