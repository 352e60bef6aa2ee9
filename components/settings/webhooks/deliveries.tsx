"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { Webhook, WebhookDelivery } from "@/contracts/webhooks";
import { problemOf, useTRPC } from "@/trpc/client";
import { eventWords, stateWords } from "./wording";

const POLL = 2000;
const PAGE = 20;

const isUnderWay = ({ state, attempts }: WebhookDelivery) => state === "pending" && attempts === 0;

type DeliveriesProps = { project: string; webhook: Pick<Webhook, "id" | "url" | "active"> };

/** What one address was sent, newest first, and a test of it. */
export function Deliveries({ project, webhook }: DeliveriesProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const found = useInfiniteQuery({
    ...trpc.webhooks.deliveries.infiniteQueryOptions(
      { project, id: webhook.id, limit: PAGE },
      { getNextPageParam: (last) => last.nextCursor ?? undefined },
    ),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? POLL : false,
  });
  const test = useMutation(
    trpc.webhooks.test.mutationOptions({
      onSuccess: () => {
        toast("A test is on its way");
        void queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
      },
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={`Messages to ${new URL(webhook.url).host}`}
      description="A message that does not arrive is tried eight times over most of a day. Its id stays the same, so a receiver can tell a repetition."
      actions={
        webhook.active ? (
          <Button busy={test.isPending} onClick={() => test.mutate({ project, id: webhook.id })}>
            Send a test
          </Button>
        ) : null
      }
    >
      {found.isPending ? (
        <SkeletonRows label="Loading messages" rows={3} />
      ) : found.isError ? (
        <ErrorState
          what="The messages did not load"
          why={problemOf(found.error).detail}
          onRetry={() => void found.refetch()}
        />
      ) : items.length === 0 ? (
        <EmptyState title="Nothing was sent yet">Send a test to see whether it arrives.</EmptyState>
      ) : (
        <>
          <Table label="Messages">
            <TableHead>
              <TableRow>
                <ColumnHead>Event</ColumnHead>
                <ColumnHead>State</ColumnHead>
                <ColumnHead>Tries</ColumnHead>
                <ColumnHead>Last answer</ColumnHead>
                <ColumnHead>Written</ColumnHead>
              </TableRow>
            </TableHead>
            <TableBody>
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </TableBody>
          </Table>
          <MoreButton list={found} className="mt-2">
            Show more
          </MoreButton>
        </>
      )}
    </Section>
  );
}

function DeliveryRow({ delivery }: { delivery: WebhookDelivery }) {
  const { event, state, attempts, lastStatus, lastError, nextAt, createdAt } = delivery;
  const { label, tone } = stateWords[state];
  return (
    <TableRow>
      <TableCell className="font-medium">{eventWords[event]}</TableCell>
      <TableCell>
        <Status tone={tone} live={isUnderWay(delivery)}>
          {label}
        </Status>
      </TableCell>
      <TableCell className="tabular">
        {attempts}
        {nextAt && attempts > 0 ? (
          <span className="block text-muted text-xs">
            next <RelativeTime value={nextAt} ahead />
          </span>
        ) : null}
      </TableCell>
      <TableCell className="max-w-96 whitespace-normal text-muted">
        {lastError ?? lastStatus ?? "–"}
      </TableCell>
      <TableCell className="text-muted">
        <RelativeTime value={createdAt} />
      </TableCell>
    </TableRow>
  );
}
