"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { readAddress, type SessionAddress, writeAddress } from "./session-address";

/** The session's address bar: what it says, and a way to change it without a request or a step of history. */
export function useSessionAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readAddress(new URLSearchParams(params)), [params]);
  const change = (part: Partial<SessionAddress>) => {
    const query = writeAddress({ ...readAddress(new URLSearchParams(window.location.search)), ...part });
    window.history.replaceState(null, "", query === "" ? path : `${path}?${query}`);
  };
  return { address, change };
}
