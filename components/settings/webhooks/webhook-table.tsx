"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { Webhook } from "@/contracts/webhooks";
import { problemOf, useTRPC } from "@/trpc/client";
import { eventWords } from "./wording";

type WebhookTableProps = {
  project: string;
  webhooks: readonly Webhook[];
  /** Whose messages are shown below. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
};

/** Where messages go, whether they arrive, and what one can do about it. */
export function WebhookTable({ project, webhooks, chosen, onChoose }: WebhookTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<Webhook | null>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const onError = (error: unknown) => toast.error(problemOf(error).detail);
  const change = useMutation(trpc.webhooks.patch.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(
    trpc.webhooks.delete.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        toast("The webhook is deleted");
        refresh();
      },
      onError,
    }),
  );
  return (
    <>
      <Table label="Webhooks">
        <TableHead>
          <TableRow>
            <ColumnHead>Address</ColumnHead>
            <ColumnHead>Events</ColumnHead>
            <ColumnHead>State</ColumnHead>
            <ColumnHead>Last delivered</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {webhooks.map((webhook) => (
            <TableRow key={webhook.id}>
              <TableCell className="min-w-48 max-w-80 break-all font-medium">{webhook.url}</TableCell>
              <TableCell>{webhook.events.map((event) => eventWords[event]).join(", ")}</TableCell>
              <TableCell>
                <Status tone={webhook.active ? "good" : webhook.disabledReason ? "bad" : "neutral"}>
                  {webhook.active ? "On" : "Off"}
                </Status>
                {webhook.disabledReason ? (
                  <span className="block max-w-80 whitespace-normal text-bad text-xs">
                    {webhook.disabledReason}
                  </span>
                ) : null}
              </TableCell>
              <TableCell className="text-muted">
                {webhook.lastDeliveredAt ? <RelativeTime value={webhook.lastDeliveredAt} /> : "Never"}
              </TableCell>
              <TableCell className="text-right">
                <Button
                  variant="ghost"
                  aria-expanded={chosen === webhook.id}
                  onClick={() => onChoose(chosen === webhook.id ? null : webhook.id)}
                >
                  Messages
                </Button>
                <Button
                  variant="ghost"
                  busy={change.isPending && change.variables.id === webhook.id}
                  onClick={() => change.mutate({ project, id: webhook.id, active: !webhook.active })}
                >
                  {webhook.active ? "Switch off" : "Switch on"}
                </Button>
                <Button variant="ghost" onClick={() => setDoomed(webhook)}>
                  Delete
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {doomed ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : setDoomed(null))}
          title={`Delete the webhook to ${new URL(doomed.url).host}?`}
          description="What has not been sent is not sent, and its secret is gone. To keep it, switch it off."
          verb="Delete webhook"
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ project, id: doomed.id })}
        />
      ) : null}
    </>
  );
}
