/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // One copy of each in the process: the live server and the pages share classes and pools.
  serverExternalPackages: ["yjs", "y-protocols", "lib0", "y-websocket", "pg", "openai", "pino"],
  turbopack: { root: import.meta.dirname },
};

export default config;
