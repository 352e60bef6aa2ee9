import type { Provider } from "next-auth/providers";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { env } from "@/server/platform/env";

export type OAuthProvider = { id: "github" | "google" | "oidc"; name: string };

/** The outside providers whose settings are given, for the buttons of the sign-in page. */
export function oauthProviders(): OAuthProvider[] {
  const { github, google, oidc } = env();
  const all: (OAuthProvider & { client: unknown })[] = [
    { id: "github", name: "GitHub", client: github },
    { id: "google", name: "Google", client: google },
    { id: "oidc", name: oidc ? new URL(oidc.issuer).hostname : "", client: oidc },
  ];
  return all.flatMap(({ id, name, client }) => (client ? [{ id, name }] : []));
}

/** The same for next-auth. */
export function configuredProviders(): Provider[] {
  const { github, google, oidc } = env();
  return [
    ...(github ? [GitHub({ clientId: github.id, clientSecret: github.secret })] : []),
    ...(google ? [Google({ clientId: google.id, clientSecret: google.secret })] : []),
    ...(oidc
      ? [
          {
            id: "oidc",
            name: new URL(oidc.issuer).hostname,
            type: "oidc" as const,
            issuer: oidc.issuer,
            clientId: oidc.id,
            clientSecret: oidc.secret,
          },
        ]
      : []),
  ];
}
