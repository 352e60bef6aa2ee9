import { env } from "@/server/platform/env";

/**
 * What a page may load: our own files, scripts with this answer's nonce and what those load, and the live
 * server. Styles may stand inline, since components set computed lengths.
 */
export function contentSecurityPolicy(nonce: string): string {
  const { production, url, collabUrl } = env();
  const live = new URL(collabUrl).origin;
  const policy: Record<string, string> = {
    "default-src": "'self'",
    // Hot reload evaluates code; a built page never does.
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${production ? "" : " 'unsafe-eval'"}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self' ${live}`,
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  const lines = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
  if (url.startsWith("https:")) lines.push("upgrade-insecure-requests");
  return lines.join("; ");
}
