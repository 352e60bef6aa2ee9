// What scripts a page may run is said with a nonce per answer, in proxy.ts.
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
];

// Their addresses hold a secret.
const aroundSecrets = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cache-Control", value: "no-store" },
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // One copy of each in the process: the live server and the pages share classes and pools.
  serverExternalPackages: [
    "yjs",
    "y-protocols",
    "lib0",
    "y-websocket",
    "pg",
    "@redis/client",
    "openai",
    "pino",
    "prom-client",
  ],
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    { source: "/:secret(join|sign-in)/:token", headers: aroundSecrets },
    { source: "/api/v1/join/:token", headers: aroundSecrets },
  ],
  turbopack: { root: import.meta.dirname },
  // Types are a step of `npm test`; a first start has no reason to wait for them.
  typescript: { ignoreBuildErrors: true },
};

export default config;
