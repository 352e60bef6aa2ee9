"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { z } from "zod";
import { id } from "@/contracts/common";
import {
  type DisagreementOrder,
  disagreementOrder,
  type ReconciliationState,
  reconciliationState,
} from "@/contracts/reconciliations";

export type ReconcileAddress = {
  label: string | null;
  state: ReconciliationState | "all";
  order: DisagreementOrder;
  /** Who has to differ; null: any two annotators. */
  annotators: string[] | null;
  subset: string | null;
  /** The disagreement that is looked at, by its place. */
  at: string | null;
};

const ids = z.array(id).min(1).max(1000);
const states = reconciliationState.or(z.literal("all"));

/** What the address bar says of the list of disagreements, and a way to change it. */
export function useReconcileAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => read(new URLSearchParams(params)), [params]);
  const change = (part: Partial<ReconcileAddress>) => {
    const search = print({ ...read(new URLSearchParams(window.location.search)), ...part });
    window.history.replaceState(null, "", search === "" ? path : `${path}?${search}`);
  };
  return { address, change };
}

/** Where the disagreements of a label, among some annotators, are resolved. */
export const reconcileHref = (project: string, part: Partial<ReconcileAddress>): string => {
  const search = print({ ...read(new URLSearchParams()), ...part });
  return `/p/${project}/reconcile${search === "" ? "" : `?${search}`}`;
};

function read(params: URLSearchParams): ReconcileAddress {
  return {
    label: params.get("label"),
    state: states.safeParse(params.get("state")).data ?? "open",
    order: disagreementOrder.safeParse(params.get("order")).data ?? "entropy",
    annotators: ids.safeParse(params.get("who")?.split(",")).data ?? null,
    subset: id.safeParse(params.get("subset")).data ?? null,
    at: params.get("at"),
  };
}

function print({ label, state, order, annotators, subset, at }: ReconcileAddress): string {
  const params = new URLSearchParams();
  if (label !== null) params.set("label", label);
  if (state !== "open") params.set("state", state);
  if (order !== "entropy") params.set("order", order);
  if (annotators) params.set("who", annotators.join(","));
  if (subset !== null) params.set("subset", subset);
  if (at !== null) params.set("at", at);
  return params.toString();
}
