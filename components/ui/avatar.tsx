import { cn } from "./cn";
import { initials, personColor } from "./person-color";

export type Person = { id: string; name: string };

const sizes = { sm: "size-4.5 text-[0.5625rem]", md: "size-6 text-2xs", lg: "size-8 text-xs" };

type AvatarProps = {
  person: Person;
  size?: keyof typeof sizes;
  /** True when the name stands beside it, so that it isn't read twice. */
  decorative?: boolean;
  className?: string;
};

/** A person: initials on their colour. People are round, options are square. */
export function Avatar({ person, size = "md", decorative = false, className }: AvatarProps) {
  return (
    <span
      data-person={personColor(person.id)}
      className={cn(
        "inline-flex shrink-0 select-none items-center justify-center rounded-full bg-person font-medium text-person-on leading-none",
        sizes[size],
        className,
      )}
    >
      <span aria-hidden>{initials(person.name)}</span>
      {decorative ? null : <span className="sr-only">{person.name}</span>}
    </span>
  );
}

/** A person with the name beside. */
export function PersonName({ person, className }: { person: Person; className?: string }) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1.5", className)}>
      <Avatar person={person} size="sm" decorative />
      <span className="truncate">{person.name}</span>
    </span>
  );
}
