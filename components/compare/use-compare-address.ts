"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type CompareAddress, printCompareAddress, readCompareAddress } from "./compare-address";

/** What the address bar says, and a way to change it without a request or a step of history. */
export function useCompareAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readCompareAddress(new URLSearchParams(params)), [params]);
  const change = (part: Partial<CompareAddress>) => {
    const search = printCompareAddress({
      ...readCompareAddress(new URLSearchParams(window.location.search)),
      ...part,
    });
    window.history.replaceState(null, "", search === "" ? path : `${path}?${search}`);
  };
  return { address, change };
}
