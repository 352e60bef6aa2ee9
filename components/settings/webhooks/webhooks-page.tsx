"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { AddWebhookDialog } from "./add-webhook-dialog";
import { Deliveries } from "./deliveries";
import { WebhookTable } from "./webhook-table";

/** Addresses that are told when something has happened, and what became of what they were sent. */
export function WebhooksPage({ project }: { project: SettingsProject }) {
  const trpc = useTRPC();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const may = roleAllows(project.role, "project:manage");
  const found = useQuery(trpc.webhooks.list.queryOptions({ project: project.slug }, { enabled: may }));
  if (!may)
    return (
      <SettingsFrame project={project} current="webhooks">
        <NoPermission title="You can't see the project's webhooks">
          Administrators of the project can.
        </NoPermission>
      </SettingsFrame>
    );
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add webhook
    </Button>
  );
  const webhook = found.data?.items.find(({ id }) => id === chosen);
  return (
    <SettingsFrame
      project={project}
      current="webhooks"
      actions={found.data && found.data.items.length > 0 ? add : null}
    >
      <Section
        title="Webhooks"
        description="Each address gets a signed message when a job has finished or a session was closed. Messages hold ids and states, never texts."
      >
        {found.isPending ? (
          <SkeletonRows label="Loading webhooks" rows={2} />
        ) : found.isError ? (
          <ErrorState
            what="The webhooks did not load"
            why={problemOf(found.error).detail}
            onRetry={() => void found.refetch()}
          />
        ) : found.data.items.length === 0 ? (
          <EmptyState title="No address is told of events" action={add}>
            Add one to have a program go on when a job or a session has ended.
          </EmptyState>
        ) : (
          <WebhookTable
            project={project.slug}
            webhooks={found.data.items}
            chosen={chosen}
            onChoose={setChosen}
          />
        )}
      </Section>
      {webhook ? <Deliveries key={webhook.id} project={project.slug} webhook={webhook} /> : null}
      {adding ? (
        <AddWebhookDialog project={project.slug} onClose={() => setAdding(false)} onAdded={setChosen} />
      ) : null}
    </SettingsFrame>
  );
}
