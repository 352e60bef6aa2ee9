import { keysNow, takenByActions } from "@/components/ui/keys/key-actions";
import { optionLook } from "@/components/ui/option-look";
import type { LabelDefinition } from "@/contracts/label-schema";

/** An option as the session draws it and as a key chooses it. */
export type OptionLook = {
  value: string;
  text: string;
  description: string | undefined;
  /** 1–10, see `OptionChip`. */
  color: number;
  /** The key that chooses it; null beyond the ninth without one of its own. */
  key: string | null;
};

const usuallyTaken = takenByActions(keysNow({}));

/**
 * The options of a label in the schema's order, each with its colour and key.
 * @param taken keys that do something else where one decides; a schema's hotkey of that name gives way
 */
export function optionLooks(label: LabelDefinition, taken: ReadonlySet<string> = usuallyTaken): OptionLook[] {
  const own = new Set(label.options.flatMap(({ hotkey }) => (hotkey && !taken.has(hotkey) ? [hotkey] : [])));
  const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
  return label.options.map(({ value, description, hotkey }, place) => {
    const digit = digits[place];
    const free = digit && !own.has(digit) ? digit : null;
    return {
      value,
      ...optionLook(label, value),
      description,
      key: hotkey && !taken.has(hotkey) ? hotkey : free,
    };
  });
}

/** The look of a stored value, also of one that the schema no longer holds. */
export function lookOf(options: readonly OptionLook[], value: string): OptionLook {
  return (
    options.find((option) => option.value === value) ?? {
      value,
      text: value,
      description: undefined,
      color: 10,
      key: null,
    }
  );
}
