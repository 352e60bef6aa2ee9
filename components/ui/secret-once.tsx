"use client";

import { useId } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { fieldLook } from "./input";

type SecretOnceProps = {
  /** "Access token", "Invitation link". */
  label: string;
  secret: string;
  /** What is lost when this closes: "It is stored only as a hash. Copy it now." */
  note?: string;
};

/** A secret in the one moment in which it can be seen. */
export function SecretOnce({
  label,
  secret,
  note = "It is shown once and can't be read again. Copy it now.",
}: SecretOnceProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={secret}
          aria-describedby={`${id}-note`}
          onFocus={(event) => event.currentTarget.select()}
          autoComplete="off"
          spellCheck={false}
          className={cn(fieldLook, "h-control px-2 font-mono text-xs")}
        />
        <CopyButton text={secret} wide />
      </div>
      <p id={`${id}-note`} className="text-warn text-xs">
        {note}
      </p>
    </div>
  );
}
