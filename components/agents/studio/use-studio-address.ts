"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

const tabs = ["preview", "try-out", "versions", "jobs"] as const;
type StudioTab = (typeof tabs)[number];

export type StudioAddress = {
  tab: StudioTab;
  /** Whose records are shown; null: the project's. */
  subsetId: string | null;
  /** The one record that the prompt is shown on; null: those of the subset, one after another. */
  recordId: string | null;
  set: (name: "tab" | "subset" | "record", value: string | null) => void;
};

/** What a colleague should see too: the open panel and the records that are shown. */
export function useStudioAddress(): StudioAddress {
  const path = usePathname();
  const params = useSearchParams();
  const set = useCallback(
    (name: "tab" | "subset" | "record", value: string | null) => {
      const next = new URLSearchParams(params);
      if (value === null) next.delete(name);
      else next.set(name, value);
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [path, params],
  );
  return {
    tab: tabs.find((tab) => tab === params.get("tab")) ?? "preview",
    subsetId: params.get("subset"),
    recordId: params.get("record"),
    set,
  };
}
