import type { ReactElement } from "react";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { OptionMark } from "@/components/ui/option-chip";
import type { OptionLook } from "./label-options";

type OptionMenuProps = {
  trigger: ReactElement;
  options: readonly OptionLook[];
  /** The options' keys do the same as choosing here. */
  keyed?: boolean;
  onChoose: (value: string) => void;
};

/** Opens upward, from a bar below a list: one option for many rows. */
export function OptionMenu({ trigger, options, keyed = false, onChoose }: OptionMenuProps) {
  return (
    <DropdownMenu trigger={trigger} align="start" side="top">
      {options.map(({ value, text, color, key }) => (
        <MenuItem
          key={value}
          {...(keyed && key ? { keys: key.toUpperCase() } : {})}
          onSelect={() => onChoose(value)}
        >
          <OptionMark color={color} /> {text}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
