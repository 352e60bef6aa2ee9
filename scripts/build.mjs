import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { command } from "./lib/steps.mjs";

// npm run build: all that npm start needs.
await command(async () => {
  enterProject();
  await install();
  await build();
});
