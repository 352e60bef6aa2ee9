"use client";

import Link from "next/link";
import { useTheme } from "next-themes";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { DropdownMenu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from "@/components/ui/dropdown-menu";

export type ShellUser = {
  id: string;
  name: string;
  /** A guest who joined by link has none. */
  email?: string | null;
};

const themes = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

type UserMenuProps = {
  user: ShellUser;
  accountHref: string;
  onSignOut: () => void;
  onShowKeys: () => void;
  folded: boolean;
};

export function UserMenu({ user, accountHref, onSignOut, onShowKeys, folded }: UserMenuProps) {
  return (
    <DropdownMenu
      align="start"
      side="top"
      className="w-56"
      trigger={
        <button
          type="button"
          className={cn(
            "flex h-8 min-w-0 items-center gap-2 rounded-md text-left hover:bg-raised data-[state=open]:bg-raised max-sm:h-control",
            folded ? "w-full justify-center" : "flex-1 px-1.5",
          )}
        >
          <Avatar person={user} size="md" decorative className="size-5 text-[0.5625rem]" />
          <span className={cn("min-w-0 flex-1 truncate", folded && "sr-only")}>
            {user.name}
            <span className="sr-only">, account and theme</span>
          </span>
        </button>
      }
    >
      <MenuLabel>{user.email ?? "Joined by link"}</MenuLabel>
      <MenuItem asChild>
        <Link href={accountHref}>Account</Link>
      </MenuItem>
      <MenuItem keys="?" onSelect={onShowKeys}>
        Keys
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
    </DropdownMenu>
  );
}

/** Apart, so that the theme is read only when the menu is open: on the server there is none. */
function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  return <MenuRadio value={theme} onValueChange={setTheme} options={themes} />;
}
