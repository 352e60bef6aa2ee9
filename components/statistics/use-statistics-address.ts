"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { printStatisticsAddress, readStatisticsAddress, type StatisticsAddress } from "./statistics-address";

/** What the address bar says, and a way to change it without a request or a step of history. */
export function useStatisticsAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readStatisticsAddress(new URLSearchParams(params)), [params]);
  const change = (part: Partial<StatisticsAddress>) => {
    const now = readStatisticsAddress(new URLSearchParams(window.location.search));
    const search = printStatisticsAddress({ ...now, ...part });
    window.history.replaceState(null, "", search === "" ? path : `${path}?${search}`);
  };
  return { address, change };
}
