"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SecretOnce } from "@/components/ui/secret-once";
import { type WebhookEvent, webhookEvents, webhookUrl } from "@/contracts/webhooks";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { eventWords } from "./wording";

type AddWebhookDialogProps = { project: string; onClose: () => void; onAdded: (id: string) => void };

/** Address and events; then the secret, once. */
export function AddWebhookDialog({ project, onClose, onAdded }: AddWebhookDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(webhookEvents);
  const [wrong, setWrong] = useState<string>();
  const add = useMutation(
    trpc.webhooks.create.mutationOptions({
      onSuccess: ({ id }) => {
        onAdded(id);
        void queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
      },
    }),
  );
  const secret = add.data?.secret;
  const urlProblem = wrong ?? fieldProblemOf(add.error, "url");

  function submit() {
    const checked = webhookUrl.safeParse(url);
    setWrong(checked.success ? undefined : `The address ${checked.error.issues[0]?.message}.`);
    if (checked.success && events.length > 0) add.mutate({ project, url: checked.data, events: [...events] });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={secret ? "Keep this secret" : "Add webhook"}
      {...(secret
        ? {
            description:
              "The receiver tells by it that a message is from here: Tandem-Signature is v1= and the hex HMAC-SHA256 of Tandem-Timestamp, a full stop and the body.",
          }
        : {})}
      footer={
        secret ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <Button variant="primary" busy={add.isPending} disabled={events.length === 0} onClick={submit}>
            Add webhook
          </Button>
        )
      }
    >
      {secret ? (
        <SecretOnce label="Signing secret" secret={secret} />
      ) : (
        <form
          className="flex flex-col gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {add.error && !urlProblem ? <Notice tone="bad">{problemOf(add.error).detail}</Notice> : null}
          <Field label="Address" hint="Messages are sent to it by POST." error={urlProblem}>
            {(control) => (
              <Input
                {...control}
                type="url"
                autoComplete="off"
                spellCheck={false}
                placeholder="https://example.org/hooks/tandem"
                maxLength={2000}
                value={url}
                onChange={(event) => setUrl(event.target.value)}
              />
            )}
          </Field>
          <fieldset>
            <legend className="font-medium">Events</legend>
            {webhookEvents.map((event) => (
              <Checkbox
                key={event}
                label={eventWords[event]}
                checked={events.includes(event)}
                onCheckedChange={(on) =>
                  setEvents(
                    webhookEvents.filter((one) => (one === event ? on === true : events.includes(one))),
                  )
                }
              />
            ))}
          </fieldset>
        </form>
      )}
    </Dialog>
  );
}
