import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { useKeyNames } from "@/components/ui/keys/keys-context";

type RecordHeaderProps = {
  externalId: string;
  /** 1-based, in the list as filtered. */
  place: number;
  total: number | undefined;
  /** What the list is made of. */
  noun: "row" | "span" | "record";
  goBy: (step: 1 | -1) => void;
  className?: string;
  /** What else is told of the record: its job, who looks at it. */
  children?: ReactNode;
  /** Buttons beside those that go to another one. */
  actions?: ReactNode;
};

/** The line above a record that is looked at by itself: which one it is, and the way to those beside it. */
export function RecordHeader(props: RecordHeaderProps) {
  const { externalId, place, total, noun, goBy, className, children, actions } = props;
  const namesOf = useKeyNames();
  return (
    <header className={cn("flex items-center gap-3 text-faint text-xs", className)}>
      <span className="tabular shrink-0">
        <Figure value={place} /> of <Figure value={total} />
      </span>
      <span className="truncate">{externalId}</span>
      {children}
      <span className="ml-auto flex shrink-0 items-center gap-1">
        {actions}
        <IconButton
          label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)} above`}
          keys={namesOf("list.above")[0]}
          variant="ghost"
          onClick={() => goBy(-1)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton
          label={`Next ${noun}`}
          keys={namesOf("list.next")[0]}
          variant="ghost"
          onClick={() => goBy(1)}
        >
          <ChevronDown aria-hidden />
        </IconButton>
      </span>
    </header>
  );
}
