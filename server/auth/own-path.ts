/** A path on this server to go on to, or `/` for anything that could lead elsewhere. */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(wanted) || wanted.length > 2000)
    return "/";
  return wanted;
}

/** The sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string | null): string {
  const next = ownPath(path);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
