"use client";

import { cn } from "@/components/ui/cn";
import { Figure } from "@/components/ui/figure";
import { Kbd } from "@/components/ui/kbd";
import type { OptionLook } from "./label-options";

type OptionButtonProps = {
  option: OptionLook;
  /** A person's verdict, or the choice under way: filled. */
  chosen: boolean;
  /** The agent gave it: outlined, and said in words. */
  byAgent: boolean;
  /** The agent's probability of this option. */
  probability: number | null;
  disabled: boolean;
  onChoose: () => void;
};

/** One option as a large button with its key; what the agent said of it stands inside. */
export function OptionButton(props: OptionButtonProps) {
  const { option, chosen, byAgent, probability, disabled, onChoose } = props;
  return (
    <button
      type="button"
      data-option={option.color}
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onChoose}
      // A click leaves the keyboard where it is: Enter would choose this option again on the next record.
      onMouseDown={(event) => event.preventDefault()}
      className={cn(
        "group/option relative flex min-h-11 items-center gap-2.5 overflow-hidden rounded-md border px-3 py-2 text-left",
        "hover:border-line-strong hover:bg-raised disabled:cursor-not-allowed disabled:hover:bg-transparent",
        byAgent && !chosen && "border-option-text/60",
        chosen && "border-transparent bg-option text-option-on hover:bg-option",
      )}
    >
      {probability !== null && !chosen ? (
        <span
          aria-hidden
          className="absolute bottom-0 left-0 h-0.5 bg-option"
          style={{ width: `${100 * probability}%` }}
        />
      ) : null}
      {option.key ? (
        <Kbd className={chosen ? "text-option-on" : undefined}>{option.key.toUpperCase()}</Kbd>
      ) : null}
      <span className="min-w-0 flex-1">
        <span className="block font-medium wrap-anywhere">{option.text}</span>
        {option.description ? (
          <span className={cn("block text-xs", chosen ? "text-option-on" : "text-muted")}>
            {option.description}
          </span>
        ) : null}
      </span>
      {byAgent || probability !== null ? (
        <span className={cn("shrink-0 text-xs", chosen ? "text-option-on" : "text-muted")}>
          {byAgent ? "agent " : null}
          {probability === null ? null : <Figure value={probability} as="share" />}
        </span>
      ) : null}
    </button>
  );
}
