"use client";

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { toast } from "@/components/ui/toaster";
import type { SessionItem } from "@/contracts/sessions";
import { problemOf, useTRPCClient } from "@/trpc/client";
import { createNextTrip, type NextTrip } from "./next-trip";

/** A third of a lease: two beats may be lost. */
const BEAT = 20_000;

type NextFreeInput = {
  project: string;
  sessionId: string;
  rows: readonly SessionItem[];
  /** The rows that are not loaded yet: the first ones too. */
  after: { hasMore: boolean; loading: boolean; failed?: string | undefined; load: () => void };
  focusedId: string | null;
  focus: (annotationId: string) => void;
};

export type NextFree = Pick<NextTrip, "whenThere"> & { takeNext: () => void };

type Held = { leaseId: string; recordId: string; annotationId: string };

/**
 * Takes the next record that nobody has decided and nobody else holds. It is held while it is looked at: a beat
 * prolongs the lease, a decision or a look elsewhere ends it.
 */
export function useNextFree({ project, sessionId, rows, after, focusedId, focus }: NextFreeInput): NextFree {
  const client = useTRPCClient();
  const [trip] = useState(createNextTrip);
  const [held, setHeld] = useState<Held | null>(null);
  const focused = rows.find((row) => row.annotationId === focusedId);
  useEffect(() => trip.see(focusedId), [trip, focusedId]);

  const isShown = held !== null && rows.some((row) => row.annotationId === held.annotationId);
  const show = useEffectEvent((annotationId: string) => {
    if (!trip.isUnderWay()) {
      setHeld(null);
      return;
    }
    focus(annotationId);
    // It may have had the focus all along.
    trip.see(focusedId);
  });
  useEffect(() => {
    if (held && isShown) show(held.annotationId);
  }, [held, isShown]);
  const { hasMore, loading, failed, load } = after;
  useEffect(() => {
    if (held === null || isShown || loading) return;
    if (hasMore && !failed) load();
    else {
      toast(failed ?? "The next free label is hidden by the filter");
      trip.giveUp();
      setHeld(null);
    }
  }, [trip, held, isShown, hasMore, loading, failed, load]);

  const giveBack = useCallback(
    // A lease that isn't given back runs out by itself.
    (id: string) => void client.sessions.giveBack.mutate({ project, id }).catch(() => undefined),
    [client, project],
  );
  const leaseId = held?.leaseId;
  useEffect(() => {
    if (leaseId === undefined) return;
    const beat = setInterval(() => {
      client.sessions.keepLease.mutate({ project, id: leaseId }).catch(() => setHeld(null));
    }, BEAT);
    return () => {
      clearInterval(beat);
      giveBack(leaseId);
    };
  }, [client, project, leaseId, giveBack]);
  const isThere = held !== null && focused?.recordId === held.recordId;
  useEffect(() => {
    if (!isThere) return;
    // What was looked at is given back by a look elsewhere; by then another one may be held.
    return () => setHeld((now) => (now?.leaseId === leaseId ? null : now));
  }, [leaseId, isThere]);

  const recordId = focused?.recordId;
  /** Of a person's leases the last one counts, so there is one question at a time; its answer is for whoever waits then. */
  const isAsking = useRef(false);
  const takeNext = useCallback(async () => {
    if (!trip.begin(focusedId) || isAsking.current) return;
    isAsking.current = true;
    try {
      const skip = recordId ? { skip: [recordId] } : {};
      const given = await client.sessions.next.mutate({ project, id: sessionId, ...skip });
      if (!given) {
        trip.giveUp();
        toast("Nothing is free: others have what is left");
      } else if (trip.isUnderWay()) {
        const { lease, item } = given;
        trip.head(item.annotationId);
        setHeld({ leaseId: lease.id, recordId: item.recordId, annotationId: item.annotationId });
      } else giveBack(given.lease.id);
    } catch (error) {
      trip.giveUp();
      toast.error(problemOf(error).detail);
    } finally {
      isAsking.current = false;
    }
  }, [client, trip, giveBack, project, sessionId, recordId, focusedId]);
  return { takeNext, whenThere: trip.whenThere };
}
