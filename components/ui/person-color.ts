export { personColor } from "@/contracts/person-color";

/**
 * One or two letters of a name: first and last word's first letter. "?" for an empty name. What follows " · " tells
 * namesakes apart and is no part of the name.
 */
export function initials(name: string): string {
  const [own = ""] = name.split(" · ");
  const words = own.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("") || "?";
}
