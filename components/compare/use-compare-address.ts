"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type CompareAddress, printCompareAddress, readCompareAddress } from "./compare-address";

/** Changes a part of the address; a function gets what it says at that moment. */
export type ChangeAddress = (
  part: Partial<CompareAddress> | ((now: CompareAddress) => Partial<CompareAddress>),
) => void;

/** What the address bar says, and a way to change it without a request or a step of history. */
export function useCompareAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readCompareAddress(new URLSearchParams(params)), [params]);
  const change: ChangeAddress = (part) => {
    // Two quick changes both come before the page is drawn again, so the address itself is asked.
    const now = readCompareAddress(new URLSearchParams(window.location.search));
    const search = printCompareAddress({ ...now, ...(typeof part === "function" ? part(now) : part) });
    window.history.replaceState(null, "", search === "" ? path : `${path}?${search}`);
  };
  return { address, change };
}
