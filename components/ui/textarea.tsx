import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldLook } from "./input";

type TextareaProps = ComponentProps<"textarea"> & {
  /** Code, JSON, a prompt: one width for every character. */
  mono?: boolean;
};

/** Text of several lines; grows with what is typed where the browser can. */
export function Textarea({ mono = false, className, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        fieldLook,
        "field-sizing-content min-h-16 resize-y px-2 py-1.5",
        mono && "font-mono text-xs leading-5",
        className,
      )}
      {...rest}
    />
  );
}
