"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

const names = ["provider", "model", "label", "createdBy"] as const;
type AgentFilters = Partial<Record<(typeof names)[number], string>> & { archived: boolean };

/** The list's filters, kept in the address so that a colleague sees the same list. */
export function useAgentFilters() {
  const path = usePathname();
  const params = useSearchParams();
  const filters: AgentFilters = { archived: params.get("archived") === "1" };
  for (const name of names) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  const set = useCallback(
    (name: (typeof names)[number] | "archived", value: string | null) => {
      const next = new URLSearchParams(params);
      if (value === null) next.delete(name);
      else next.set(name, value);
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [path, params],
  );
  const clear = useCallback(() => window.history.replaceState(null, "", path), [path]);
  const filtered = filters.archived || names.some((name) => filters[name] !== undefined);
  return { filters, filtered, set, clear };
}
