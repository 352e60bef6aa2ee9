"use client";

import { useTheme } from "next-themes";
import { useMemo } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useGoTo } from "@/components/ui/unsaved-changes";
import type { NavItem } from "./project-nav";
import type { ProjectLink } from "./project-switcher";

type ShellCommands = {
  items: readonly NavItem[];
  projects: readonly ProjectLink[];
  /** Null where keys can't be changed. */
  changeKeys: (() => void) | null;
};

/** What the shell itself adds to the palette and to the sheet of keys: screens, projects, theme. */
export function useShellCommands({ items, projects, changeKeys }: ShellCommands): void {
  const goTo = useGoTo();
  const { setTheme } = useTheme();
  const commands = useMemo<Command[]>(
    () => [
      ...items.map((item) => ({
        id: `go-${item.key}`,
        label: `Go to ${item.label.toLowerCase()}`,
        group: "Go",
        everywhere: true,
        run: () => goTo(item.href),
      })),
      ...projects.map((project) => ({
        id: `project-${project.id}`,
        label: `Open project ${project.name}`,
        group: "Projects",
        everywhere: true,
        run: () => goTo(`/p/${project.slug}`),
      })),
      ...(["light", "dark", "system"] as const).map((theme) => ({
        id: `theme-${theme}`,
        label: theme === "system" ? "Use the system's theme" : `Use the ${theme} theme`,
        group: "Look",
        everywhere: true,
        run: () => setTheme(theme),
      })),
      ...(changeKeys
        ? [
            {
              id: "change-keys",
              label: "Change keys",
              group: "Look",
              keywords: ["shortcuts", "keyboard", "remap"],
              everywhere: true,
              run: changeKeys,
            },
          ]
        : []),
    ],
    [items, projects, goTo, setTheme, changeKeys],
  );
  useCommands(commands);
  const namesOf = useKeyNames();
  const hints = useMemo<KeyHintGroup[]>(
    () => [
      {
        title: "Everywhere",
        everywhere: true,
        hints: [
          { keys: ["Ctrl+K"], does: "Search and commands" },
          { keys: namesOf("shell.keys"), does: "Show the keyboard shortcuts" },
          { keys: namesOf("shell.sidebar"), does: "Fold the sidebar" },
          { keys: ["Esc"], does: "Close what floats" },
        ],
      },
    ],
    [namesOf],
  );
  useKeyHints(hints);
}
