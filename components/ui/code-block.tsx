import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { ScrollBox } from "./scroll-box";

type CodeBlockProps = {
  /** What it is: "Raw answer". Read by screen readers and used by the copy button. */
  label: string;
  /** What is copied. */
  text: string;
  /** How it is shown, when parts are marked; the text itself otherwise. */
  children?: ReactNode;
  /** Long lines break instead of scrolling sideways. */
  wrap?: boolean;
  className?: string;
};

/** Text whose every character counts: a prompt, a raw answer, a command. */
export function CodeBlock({ label, text, children, wrap = false, className }: CodeBlockProps) {
  return (
    <div className={cn("relative rounded-md bg-raised", className)}>
      <ScrollBox label={label} className="mr-9 max-h-96 rounded-md max-sm:mr-12">
        <pre
          className={cn("p-3 pr-1 font-mono text-xs leading-5", wrap && "whitespace-pre-wrap break-words")}
        >
          <code>{children ?? text}</code>
        </pre>
      </ScrollBox>
      <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} className="absolute top-1 right-1" />
    </div>
  );
}

/** Any JSON value, indented; object keys keep their order. */
export function JsonBlock({
  label,
  value,
  className,
}: {
  label: string;
  value: unknown;
  className?: string;
}) {
  return (
    <CodeBlock label={label} text={JSON.stringify(value, null, 2) ?? "undefined"} className={className} />
  );
}
