import { enterProject } from "./lib/project.mjs";
import { serve } from "./lib/serve.mjs";
import { command } from "./lib/steps.mjs";

// npm start: the server as it was built, in production; installs and builds nothing.
await command(async () => {
  enterProject();
  await serve();
});
