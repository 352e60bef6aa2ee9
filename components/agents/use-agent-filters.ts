"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

const names = ["provider", "model", "label", "createdBy"] as const;
const dates = ["from", "to"] as const;
type FilterName = (typeof names)[number] | (typeof dates)[number] | "archived";
type AgentFilters = Partial<Record<(typeof names)[number] | "createdAfter" | "createdBefore", string>> & {
  archived: boolean;
};

/** The list's filters, kept in the address so that a colleague sees the same list. */
export function useAgentFilters() {
  const path = usePathname();
  const params = useSearchParams();
  const filters: AgentFilters = { archived: params.get("archived") === "1" };
  for (const name of names) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  const days = { from: dayIn(params.get("from")), to: dayIn(params.get("to")) };
  if (days.from) filters.createdAfter = startOf(days.from, 0);
  if (days.to) filters.createdBefore = startOf(days.to, 1);
  const set = useCallback(
    (name: FilterName, value: string | null) => {
      const next = new URLSearchParams(params);
      if (value === null) next.delete(name);
      else next.set(name, value);
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [path, params],
  );
  const clear = useCallback(() => window.history.replaceState(null, "", path), [path]);
  const filtered =
    filters.archived ||
    dates.some((name) => days[name] !== null) ||
    names.some((name) => filters[name] !== undefined);
  return { filters, days, filtered, set, clear };
}

/** A day as a date field writes it, or null for anything else. */
const dayIn = (text: string | null): string | null =>
  text !== null && /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;

/** When a day begins where the reader is, or one that so many days follows it. */
function startOf(day: string, later: number): string {
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + later);
  return start.toISOString();
}
