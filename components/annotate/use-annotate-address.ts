"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type AnnotateAddress, readAddress, writeAddress } from "./annotate-address";

/** The page's address bar: what it says, and a way to change it without a request or a step of history. */
export function useAnnotateAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readAddress(new URLSearchParams(params)), [params]);
  const change = (part: Partial<AnnotateAddress>) => {
    const now = new URLSearchParams(window.location.search);
    const query = writeAddress(now, { ...readAddress(now), ...part });
    window.history.replaceState(null, "", query === "" ? path : `${path}?${query}`);
  };
  return { address, change };
}
