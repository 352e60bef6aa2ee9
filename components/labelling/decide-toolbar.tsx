import type { ReactNode } from "react";

/** The buttons below a record that end it. They stay in sight on a phone, and a click leaves the focus where it is. */
export function DecideToolbar({ children }: { children: ReactNode }) {
  return (
    <div
      role="toolbar"
      aria-label="Decide"
      onMouseDown={(event) => event.preventDefault()}
      className="mt-4 flex flex-wrap gap-2 max-sm:sticky max-sm:bottom-0 max-sm:-mx-4 max-sm:border-t max-sm:bg-surface max-sm:px-4 max-sm:py-2"
    >
      {children}
    </div>
  );
}
