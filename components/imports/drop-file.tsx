"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

type DropFileProps = {
  /** What may be dropped. */
  hint: string;
  /** Endings, as the browser's file dialog takes them. */
  accept: string;
  onFile: (file: File) => void;
};

/** Where a file is dropped, or chosen by a click or the keyboard. */
export function DropFile({ hint, accept, onFile }: DropFileProps) {
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  }

  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex cursor-pointer flex-col items-center gap-3 rounded-lg border border-line-strong border-dashed px-4 py-14 text-center transition-colors",
        "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
        over && "border-accent bg-accent-soft",
      )}
    >
      <FileUp aria-hidden strokeWidth={1.5} className="size-5 text-faint" />
      <span className="font-medium">Drop a file here</span>
      <span className="max-w-sm text-balance text-muted">{hint}</span>
      <input
        type="file"
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again after it was changed.
          event.target.value = "";
        }}
      />
      <span className={buttonVariants({ variant: "primary" })}>Choose a file</span>
    </label>
  );
}
