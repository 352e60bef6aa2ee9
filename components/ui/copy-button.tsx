"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { IconButton } from "./icon-button";

const confirmationMs = 1600;

type CopyButtonProps = {
  /** The text, or a function that makes it when asked (a long table). */
  text: string | (() => string);
  /** "Copy link". */
  label?: string;
  /** With words instead of the icon alone. */
  wide?: boolean;
  className?: string;
};

/** Copies a text and shows for a moment that it did, or that the browser refused. */
export function CopyButton({ text, label = "Copy", wide = false, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setOutcome("copied");
    } catch {
      // Browsers refuse outside https and localhost: the reader must select the text.
      setOutcome("refused");
    }
  }

  const Icon = outcome === "copied" ? Check : Copy;
  const said =
    outcome === "copied" ? "Copied" : outcome === "refused" ? "Select the text and copy it" : label;
  return (
    <>
      {wide ? (
        <Button onClick={copy} className={className}>
          <Icon aria-hidden />
          {said}
        </Button>
      ) : (
        <IconButton label={said} onClick={copy} className={className}>
          <Icon aria-hidden />
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {outcome ? said : ""}
      </span>
    </>
  );
}
