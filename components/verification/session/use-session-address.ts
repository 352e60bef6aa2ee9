"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { readAddress, type SessionAddress, writeAddress } from "./session-address";

type Part = Partial<SessionAddress>;

/**
 * The session's address bar: what it says, and a way to change it without a request or a step of history. A change that
 * depends on what there is takes it from the address itself: what is shown may still be the one before.
 */
export function useSessionAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => readAddress(new URLSearchParams(params)), [params]);
  const change = (next: Part | ((now: SessionAddress) => Part)) => {
    const now = readAddress(new URLSearchParams(window.location.search));
    const query = writeAddress({ ...now, ...(typeof next === "function" ? next(now) : next) });
    window.history.replaceState(null, "", query === "" ? path : `${path}?${query}`);
  };
  return { address, change };
}
