const MAX_LENGTH = 48;

/** Turns a project's name into the first choice of its slug: `Ærø Föhr 2` becomes `aero-fohr-2`. */
export function slugOf(name: string): string {
  const plain = name
    .replaceAll(/[ßẞ]/g, "ss")
    .replaceAll(/[æÆ]/g, "ae")
    .replaceAll(/[øØ]/g, "o")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase();
  const slug = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, MAX_LENGTH);
  return slug.replaceAll(/^-+|-+$/g, "") || "project";
}
