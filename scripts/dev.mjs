import { spawn } from "node:child_process";
import { endWithNpm } from "./lib/end-with-npm.mjs";
import { install } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { tool } from "./lib/run.mjs";
import { command } from "./lib/steps.mjs";

// npm run dev: pages reload as they are edited; an edit of the server starts it anew.
await command(async () => {
  enterProject();
  await install();
  const [program, ...args] = tool("tsx", "watch", "--clear-screen=false", "server/main.ts");
  const server = spawn(program, args, {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
  });
  // The server ends in its own order, and this command with it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
  endWithNpm();
  server.on("exit", (code) => process.exit(code ?? 0));
});
