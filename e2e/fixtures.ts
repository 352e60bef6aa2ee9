import { test as base } from "@playwright/test";
import { expectQuietLog } from "./leaks";
import { type Settings, startTandem, type TandemServer } from "./tandem-server";

export { expect } from "@playwright/test";
export { OWNER } from "./tandem-server";

type Fixtures = {
  /** Variables of the server, for a file: `test.use({ settings: { TANDEM_DEMO: "1" } })`. */
  settings: Settings;
  /** The server of this worker, with data of its own; pages open at its address. */
  tandem: TandemServer;
};

/** Tests in a real browser against the product as it was built. */
export const test = base.extend<object, Fixtures>({
  settings: [{}, { scope: "worker", option: true }],
  tandem: [
    async ({ settings }, use) => {
      const server = await startTandem(settings);
      await use(server);
      await server.end();
      expectQuietLog(server.log());
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ tandem }, use) => use(tandem.url),
});
