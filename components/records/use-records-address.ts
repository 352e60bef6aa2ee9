"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import {
  printRecordsAddress,
  type RecordsAddress,
  readRecordsAddress,
} from "@/components/query/records-address";

/**
 * What the address says, and a way to change it without a request. A new query or order is a step of the
 * browser's history; opening a record is not.
 */
export function useRecordsAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readRecordsAddress(new URLSearchParams(params)), [params]);
  const change = (part: Partial<Omit<RecordsAddress, "problems" | "text">>) => {
    const now = readRecordsAddress(new URLSearchParams(window.location.search));
    const search = printRecordsAddress({ ...now, ...part });
    const next = search === "" ? path : `${path}?${search}`;
    if ("query" in part || "sort" in part) window.history.pushState(null, "", next);
    else window.history.replaceState(null, "", next);
  };
  return { address, change };
}
