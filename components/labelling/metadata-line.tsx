import type { JsonValue } from "@/contracts/common";

/** What is known of a record beside its text. */
export function MetadataLine({ metadata }: { metadata: Record<string, JsonValue> }) {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return null;
  return (
    <dl className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {entries.map(([name, value]) => (
        <div key={name} className="flex min-w-0 gap-1.5">
          <dt className="text-faint">{name}</dt>
          <dd className="truncate text-muted">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
