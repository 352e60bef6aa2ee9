"use client";

import { useEffect, useState } from "react";

/**
 * Whether this page is the one of the browser's tabs that does what is done once: the first that asked, and when it
 * goes, the next. Without Web Locks (an address that is not secure) every tab is.
 */
export function useLeadingTab(name: string): boolean {
  const [leads, setLeads] = useState(false);
  useEffect(() => {
    if (!navigator.locks) {
      setLeads(true);
      return;
    }
    const leaving = new AbortController();
    const gone = new Promise<void>((resolve) => {
      leaving.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    navigator.locks
      .request(name, { signal: leaving.signal }, () => {
        setLeads(true);
        return gone;
      })
      // Left while another tab was leading.
      .catch(() => undefined);
    return () => {
      leaving.abort();
      setLeads(false);
    };
  }, [name]);
  return leads;
}
