import { cn } from "@/components/ui/cn";
import type { Suggestion } from "./suggest";

type SuggestionListProps = {
  id: string;
  items: readonly Suggestion[];
  /** -1: none yet. */
  picked: number;
  onPick: (suggestion: Suggestion) => void;
};

/** Names that could stand where one is typing, below the field that holds the keyboard. */
export function SuggestionList({ id, items, picked, onPick }: SuggestionListProps) {
  return (
    <div
      role="listbox"
      id={id}
      aria-label="Suggestions"
      className={cn(
        "absolute top-full left-0 z-30 mt-1 w-88 max-w-full rounded-lg bg-overlay p-1 shadow-float",
        items.length === 0 && "hidden",
      )}
    >
      {items.map((item, index) => (
        <div
          key={item.insert}
          role="option"
          tabIndex={-1}
          id={`${id}-${index}`}
          aria-selected={index === picked}
          // Before the field loses the keyboard.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(item);
          }}
          className={cn(
            "flex min-h-control cursor-default items-center gap-3 rounded-md px-2 hover:bg-raised",
            index === picked && "bg-raised",
          )}
        >
          <span className="min-w-0 flex-1 truncate font-mono text-xs">{item.label}</span>
          <span className="shrink-0 truncate text-faint text-xs">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
