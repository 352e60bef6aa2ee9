"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog";

/** Asks whether the page may be left for this address; null while nothing would be lost. */
let askFirst: ((href: string) => void) | null = null;

/** Goes to a page of the product as a link does: unsaved changes are asked about first. */
export function useGoTo(): (href: string) => void {
  const router = useRouter();
  return useCallback((href) => (askFirst ? askFirst(href) : router.push(href)), [router]);
}

/**
 * While `active`, nothing that leads away from the page loses what was edited on it: a link and a command ask in the
 * page, a reload and a closed tab by the browser's own question.
 */
export function UnsavedChanges({ active, what }: { active: boolean; what: string }) {
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const href = leadsAway(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(href);
    };
    askFirst = setWanted;
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      askFirst = null;
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [active]);
  return (
    <ConfirmDialog
      open={wanted !== null}
      onOpenChange={() => setWanted(null)}
      title="Leave without saving?"
      description={`${what} has changes that are not saved. They are lost when you leave.`}
      verb="Leave without saving"
      keep="Keep editing"
      danger
      onConfirm={() => {
        if (wanted !== null) router.push(wanted);
        setWanted(null);
      }}
    />
  );
}

/** The address to which a plain click on a link would replace the page; null for every other click. */
function leadsAway(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download"))
    return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== window.location.origin || pathname === window.location.pathname) return null;
  return `${pathname}${search}${hash}`;
}
