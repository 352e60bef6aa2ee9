"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { cn } from "./cn";
import { type Command, useRegisteredCommands, useRegisteredTypedCommands } from "./commands";
import { overlayLook } from "./dialog";
import { returnFocus } from "./focus-return";
import { Kbd } from "./kbd";
import { menuItemLook } from "./menu-look";

type CommandPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Everything that can be done here, by name (Ctrl+K or ⌘K). Filled through `useCommands`. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  useHotkeys("mod+k", () => onOpenChange(!open), {
    preventDefault: true,
    enableOnFormTags: true,
    enableOnContentEditable: true,
  });
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={overlayLook} />
        <RadixDialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-2 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl bg-overlay shadow-float data-[state=open]:animate-rise"
        >
          <RadixDialog.Title className="sr-only">Commands</RadixDialog.Title>
          <PaletteList onDone={() => onOpenChange(false)} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

const groupLook = cn(
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1",
  "[&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs",
);

const OF_TYPED = "of-typed ";

function PaletteList({ onDone }: { onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const all = useRegisteredCommands();
  const ofTyped = useRegisteredTypedCommands();
  const commands = [...all.filter((one) => !one.everywhere), ...all.filter((one) => one.everywhere)];
  const groups = [...new Set(commands.map((command) => command.group))];
  const words = typed.trim();
  return (
    <Cmdk
      label="Commands"
      loop
      filter={(id, wanted, found = []) => (id.startsWith(OF_TYPED) ? 0.1 : rank(wanted, found))}
    >
      <div className="flex h-11 items-center gap-2 border-b px-3.5">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Cmdk.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="What do you want to do?"
          className="h-full flex-1 bg-transparent text-base outline-none"
        />
      </div>
      <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-2 py-8 text-center text-muted">Nothing here goes by that name.</Cmdk.Empty>
        {groups.map((group) => (
          <Cmdk.Group key={group} heading={group} className={groupLook}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <PaletteItem key={command.id} command={command} onDone={onDone} />
              ))}
          </Cmdk.Group>
        ))}
        {words === ""
          ? null
          : ofTyped.map(({ id, group, label, run }) => (
              <Cmdk.Group key={id} heading={group} className={groupLook}>
                <PaletteItem
                  command={{ id: `${OF_TYPED}${id}`, group, label: label(words), run: () => run(words) }}
                  onDone={onDone}
                />
              </Cmdk.Group>
            ))}
      </Cmdk.List>
    </Cmdk>
  );
}

function PaletteItem({ command, onDone }: { command: Command; onDone: () => void }) {
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.label, [...(command.keywords ?? []), command.group].join(" ")]}
      onSelect={() => {
        onDone();
        command.run();
      }}
      className={cn(menuItemLook, "data-[selected=true]:bg-raised data-[disabled=true]:text-faint")}
    >
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.keys ? <Kbd>{command.keys}</Kbd> : null}
    </Cmdk.Item>
  );
}

/**
 * How well a command is what was typed; 0 leaves it out. Every word typed must stand in its label or its other
 * words: what Enter runs is what one reads.
 */
function rank(wanted: string, [label = "", others = ""]: readonly string[]): number {
  const name = label.toLowerCase();
  const all = `${name} ${others.toLowerCase()}`;
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => all.includes(word))) return 0;
  if (name.startsWith(words.join(" "))) return 1;
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 0.8;
  return words.every((word) => name.includes(word)) ? 0.6 : 0.4;
}
