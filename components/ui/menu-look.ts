import { cn } from "./cn";

/** The plane of everything that opens from a control: menus, lists of choices. */
export const menuLook = cn(
  "z-50 min-w-40 overflow-y-auto rounded-lg bg-overlay p-1 text-sm text-text shadow-float",
  "data-[state=open]:animate-rise",
);

/** One line of a menu; the highlighted one (keyboard or pointer) is raised. */
export const menuItemLook = cn(
  "relative flex min-h-control cursor-default select-none items-center gap-2 rounded-md px-2 py-1 outline-none",
  "data-[disabled]:pointer-events-none data-[highlighted]:bg-raised data-[disabled]:text-faint",
  "[&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint",
);
