import { createHmac, hkdfSync } from "node:crypto";
import { equalInConstantTime } from "./tokens";

/**
 * Signs a text that a client carries and sends back: `<text>.<HMAC-SHA256>`, both base64url.
 * @param purpose what the text is for; a signature made for another purpose does not fit
 */
export function signText(text: string, secret: string, purpose: string): string {
  const body = Buffer.from(text, "utf8").toString("base64url");
  return `${body}.${mac(body, secret, purpose)}`;
}

/** The text that {@link signText} signed with this secret and purpose, or `null` for anything else. */
export function verifyText(signed: string, secret: string, purpose: string): string | null {
  const [body, signature, ...rest] = signed.split(".");
  if (!body || !signature || rest.length > 0) return null;
  if (!equalInConstantTime(signature, mac(body, secret, purpose))) return null;
  return Buffer.from(body, "base64url").toString("utf8");
}

function mac(body: string, secret: string, purpose: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", `tandem signature ${purpose}`, 32));
  return createHmac("sha256", key).update(body).digest("base64url");
}
