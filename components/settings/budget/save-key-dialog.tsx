"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { type LlmKeyProvider, llmKeyProvider } from "@/contracts/llm-keys";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { providerNames } from "./provider-names";

const providers = llmKeyProvider.options.map((value) => ({ value, label: providerNames[value] }));

/** A key for one provider and address; it takes the place of the one saved for the same. */
export function SaveKeyDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [provider, setProvider] = useState<LlmKeyProvider>("openai");
  const [baseUrl, setBaseUrl] = useState("");
  const [apiKey, setApiKey] = useState("");
  const save = useMutation(
    trpc.llmKeys.save.mutationOptions({
      onSuccess: () => {
        toast("The key is saved; the first call that uses it shows whether it works");
        void queries.invalidateQueries({ queryKey: trpc.llmKeys.pathKey() });
        onClose();
      },
    }),
  );
  const problem = (path: string) => fieldProblemOf(save.error, path);

  function send(event: FormEvent) {
    event.preventDefault();
    save.mutate({ project, provider, apiKey, ...(baseUrl.trim() === "" ? {} : { baseUrl }) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Save a key"
      description="It is sent to this provider at this address alone. One that is saved for the same is replaced."
      footer={
        <Button variant="primary" type="submit" form="save-key" busy={save.isPending}>
          Save key
        </Button>
      }
    >
      <form id="save-key" className="flex flex-col gap-4" onSubmit={send}>
        {save.error && !["provider", "baseUrl", "apiKey"].some(problem) ? (
          <Notice tone="bad">{problemOf(save.error).detail}</Notice>
        ) : null}
        <Field label="Provider">
          {(control) => (
            <Select
              {...control}
              options={providers}
              value={provider}
              onValueChange={(next) => setProvider(next)}
            />
          )}
        </Field>
        <Field
          label="Address"
          optional
          hint="As in the agent, ending in /v1. Left empty, the provider's own."
          error={problem("baseUrl")}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              value={baseUrl}
              placeholder="https://host/v1"
              onChange={(event) => setBaseUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label="Key" error={problem("apiKey")}>
          {(control) => (
            <Input
              {...control}
              required
              type="password"
              autoComplete="off"
              value={apiKey}
              onChange={(event) => setApiKey(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
