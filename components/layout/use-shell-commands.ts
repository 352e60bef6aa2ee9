"use client";

import { useTheme } from "next-themes";
import { useMemo } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { useGoTo } from "@/components/ui/unsaved-changes";
import type { NavItem } from "./project-nav";
import type { ProjectLink } from "./project-switcher";

const hints: readonly KeyHintGroup[] = [
  {
    title: "Everywhere",
    everywhere: true,
    hints: [
      { keys: ["Ctrl+K"], does: "Search and commands" },
      { keys: ["?"], does: "These keys" },
      { keys: ["["], does: "Fold the sidebar" },
      { keys: ["Esc"], does: "Close what floats" },
    ],
  },
];

/** What the shell itself adds to the palette and to the sheet of keys: screens, projects, theme. */
export function useShellCommands(items: readonly NavItem[], projects: readonly ProjectLink[]): void {
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
    ],
    [items, projects, goTo, setTheme],
  );
  useCommands(commands);
  useKeyHints(hints);
}
