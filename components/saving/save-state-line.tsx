"use client";

import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatClock } from "@/components/ui/format-time";
import { useLocale } from "@/components/ui/reader";
import type { SaveState } from "./save-state";

const counted = (count: number, thing: string) => (count === 1 ? `1 ${thing}` : `${count} ${thing}s`);

/** Said in full where there is room; on a phone the icon and the first words have to do. */
const InFull = ({ children }: { children: ReactNode }) => <span className="max-sm:sr-only">{children}</span>;

type SaveStateLineProps = {
  state: SaveState<unknown>;
  /** What is saved one by one. */
  thing?: "decision" | "label";
};

/** Whether what I decided is durable: only the server's word makes it "Saved". */
export function SaveStateLine({ state, thing = "decision" }: SaveStateLineProps) {
  const locale = useLocale();
  switch (state.kind) {
    case "connecting":
      return <Face icon={<LoaderCircle className="animate-breathe" />}>Connecting…</Face>;
    case "saved":
      return (
        <Face icon={<Check className="text-good" />}>
          {state.at ? (
            <span>
              Saved <InFull>{formatClock(state.at.getTime(), locale)}</InFull>
            </span>
          ) : (
            "All saved"
          )}
        </Face>
      );
    case "saving":
      return <Face icon={<LoaderCircle className="animate-breathe" />}>Saving…</Face>;
    case "offline":
      return (
        <Face tone="text-warn" icon={<CloudOff />}>
          {state.count === 0 ? (
            "Offline"
          ) : (
            <span>
              Offline – {counted(state.count, thing)} kept here<InFull>, will be sent</InFull>
            </span>
          )}
        </Face>
      );
    case "refused":
      return (
        <Face tone="text-bad" icon={<TriangleAlert />}>
          {state.kept.length === 0 ? "Not connected" : `${counted(state.kept.length, thing)} not sent`}
        </Face>
      );
  }
}

function Face({ icon, tone, children }: { icon: ReactNode; tone?: string; children: ReactNode }) {
  return (
    <span
      role="status"
      aria-live="polite"
      data-testid="save-state"
      className={cn(
        "tabular inline-flex items-center gap-1.5 whitespace-nowrap text-muted text-xs [&_svg]:size-3.5",
        tone,
      )}
    >
      <span aria-hidden>{icon}</span>
      {children}
    </span>
  );
}
