/** What a header's value in quotes may hold, without a sign that a file system or a shell gives a meaning. */
const UNSAFE = /[^\p{L}\p{M}\p{N} ._()-]+/gu;
const MAX_LENGTH = 120;

/**
 * The header that names a download, in any script: what can't stand in a file's name becomes `-`, and programs that know
 * only ASCII get the name with `_` for the rest (RFC 6266).
 */
export function contentDisposition(parts: readonly string[], extension: string): string {
  const stem = parts
    .join("-")
    .normalize("NFC")
    .replaceAll(UNSAFE, "-")
    .replace(/^[. ]+/, "");
  const name = `${[...stem].slice(0, MAX_LENGTH).join("")}.${extension}`;
  const ascii = name.replaceAll(/[^ -~]+/g, "_");
  const exact = encodeURIComponent(name).replaceAll(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"));
  return `attachment; filename="${ascii}"${ascii === name ? "" : `; filename*=UTF-8''${exact}`}`;
}
