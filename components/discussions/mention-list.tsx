"use client";

import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { menuItemLook } from "@/components/ui/menu-look";
import type { Mentionable } from "@/contracts/discussions";

type MentionListProps = {
  id: string;
  people: readonly Mentionable[];
  active: number;
  onPick: (index: number) => void;
};

export const mentionOptionId = (listId: string, index: number) => `${listId}-${index}`;

/** The people offered while an `@` is typed, under the field. The keyboard stays in the field. */
export function MentionList({ id, people, active, onPick }: MentionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="People to mention"
      className="mt-1 max-h-48 overflow-y-auto rounded-lg border bg-overlay p-1 text-sm"
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          id={mentionOptionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          data-highlighted={index === active ? "" : undefined}
          // The field keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(index);
          }}
          className={cn(menuItemLook, "hover:bg-raised")}
        >
          <Avatar person={person} size="sm" decorative />
          <span className="truncate">{person.name}</span>
          <span className="ml-auto truncate pl-2 text-faint text-xs">{person.email ?? person.role}</span>
        </div>
      ))}
    </div>
  );
}
