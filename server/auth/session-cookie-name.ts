import { env } from "@/server/platform/env";

/** Whether people reach this instance by https, so that its cookies may go over nothing else. */
export const isSecure = (): boolean => env().url.startsWith("https:");

/** next-auth's name of the session cookie for the public address of this instance. */
export const sessionCookieName = (): string =>
  isSecure() ? "__Secure-authjs.session-token" : "authjs.session-token";
