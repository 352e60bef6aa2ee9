"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import {
  printRecordsAddress,
  type RecordsAddress,
  readRecordsAddress,
} from "@/components/query/records-address";

type Part = Partial<Omit<RecordsAddress, "problems" | "text">>;

/**
 * What the address says, and a way to change it without a request. A new query or order is a step of the
 * browser's history; opening a record is not. A change that depends on what there is takes it from the address itself:
 * what is shown may still be the one before.
 */
export function useRecordsAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readRecordsAddress(new URLSearchParams(params)), [params]);
  const change = (next: Part | ((now: RecordsAddress) => Part)) => {
    const now = readRecordsAddress(new URLSearchParams(window.location.search));
    const part = typeof next === "function" ? next(now) : next;
    const search = printRecordsAddress({ ...now, ...part });
    const href = search === "" ? path : `${path}?${search}`;
    if ("query" in part || "sort" in part) window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  };
  return { address, change };
}
