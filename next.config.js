/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // One copy of each in the process: the live server and the pages share classes and pools.
  serverExternalPackages: ["yjs", "y-protocols", "lib0", "y-websocket", "pg", "openai", "pino"],
  turbopack: { root: import.meta.dirname },
  // Types are a step of `npm test`; a first start has no reason to wait for them.
  typescript: { ignoreBuildErrors: true },
};

export default config;
