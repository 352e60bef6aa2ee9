"use client";

import { Avatar, type Person } from "./avatar";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type AvatarStackProps = {
  /** What they have in common: "Here now". */
  label: string;
  people: readonly (Person & {
    /** "on record 214", shown with the name. */ note?: string;
    away?: boolean;
  })[];
  /** How many to draw before "+4". */
  max?: number;
  size?: "sm" | "md";
};

/** Who is here: overlapping avatars, names on hover, the rest as a number whose tooltip names them. */
export function AvatarStack({ label, people, max = 5, size = "md" }: AvatarStackProps) {
  const shown = people.slice(0, max);
  const rest = people.slice(max);
  return (
    <ul aria-label={label} className="flex items-center -space-x-1.5">
      {shown.map((person) => (
        <li key={person.id}>
          <Tooltip content={person.note ? `${person.name}, ${person.note}` : person.name} side="bottom">
            <span className="block rounded-full ring-2 ring-surface">
              <Avatar person={person} size={size} className={cn(person.away && "opacity-45")} />
            </span>
          </Tooltip>
        </li>
      ))}
      {rest.length > 0 ? (
        <li>
          <Tooltip content={rest.map((person) => person.name).join(", ")} side="bottom">
            <span
              className={cn(
                "tabular inline-flex items-center justify-center rounded-full bg-raised font-medium text-muted ring-2 ring-surface",
                size === "md" ? "h-6 min-w-6 px-1 text-2xs" : "h-4.5 min-w-4.5 px-0.5 text-[0.5625rem]",
              )}
            >
              +{rest.length}
              <span className="sr-only"> more: {rest.map((person) => person.name).join(", ")}</span>
            </span>
          </Tooltip>
        </li>
      ) : null}
    </ul>
  );
}
