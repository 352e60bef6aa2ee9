import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { serve } from "./lib/serve.mjs";
import { command } from "./lib/steps.mjs";

// npm run demo: from a fresh clone to a sample project that two people can open.
await command(async () => {
  enterProject();
  await install();
  await build();
  process.env.TANDEM_DEMO = "1";
  await serve({ TANDEM_LOG_LEVEL: "warn" });
});
