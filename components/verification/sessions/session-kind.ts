import type { Session } from "@/contracts/sessions";

type Kind = Pick<Session, "verdictsPerItem" | "blindShare" | "sample">;
type Words = { count: (value: number) => string; share: (value: number) => string };

/** What sets a session apart from one that is shared, open to see and about all: "Independent, 3 a label". */
export function sessionKind(
  { verdictsPerItem, blindShare, sample }: Kind,
  { count, share }: Words,
): string[] {
  return [
    ...(verdictsPerItem === null ? [] : [`Independent, ${verdictsPerItem} a label`]),
    ...(blindShare === 0 ? [] : [`${share(blindShare)} blind`]),
    ...(sample === null
      ? []
      : [`Random sample of ${count(sample.size)} ${sample.size === 1 ? "record" : "records"}`]),
  ];
}
