import { afterAll, afterEach, beforeAll } from "vitest";
import type { ProjectRole } from "@/contracts/roles";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { type Browser, openBrowser } from "./browser";
import { type LiveClient, openLiveClient } from "./live-client";
import { createLiveWorld, type LiveNode, type LiveWorld, startLiveNode, tokenOf } from "./live-world";

export type Joined = LiveClient & { member: ProjectActor };
type JoinOptions = {
  name?: string;
  role?: ProjectRole;
  node?: LiveNode;
  room?: string;
  member?: ProjectActor;
  scopes?: readonly string[];
};

export type LiveTest = {
  readonly test: TestDatabase;
  readonly world: LiveWorld;
  /** Two processes that share the database. */
  readonly nodes: readonly [LiveNode, LiveNode];
  /** A key that no test has used yet. */
  nextKey(): string;
  addMember(role: ProjectRole, name?: string): Promise<ProjectActor>;
  /** A program of a new member (a reviewer unless said otherwise), which has the document. */
  join(options?: JoinOptions): Promise<Joined>;
  /** The page of a new member, as the product opens it. */
  browse(options?: Partial<Parameters<typeof openBrowser>[0]> & { name?: string }): Promise<Browser>;
};

type LiveTestOptions = { items?: number; createWorld?(db: Db): Promise<LiveWorld> };

/** Two live servers over one database, with a session of `items` labels; clients end with their test. */
export function startLiveTest({
  items = 60,
  createWorld = (db) => createLiveWorld(db, { items }),
}: LiveTestOptions = {}): LiveTest {
  const made: { test?: TestDatabase; world?: LiveWorld; nodes?: [LiveNode, LiveNode] } = {};
  const clients: LiveClient[] = [];
  const browsers: Browser[] = [];
  let used = 0;

  beforeAll(async () => {
    made.test = await createTestDatabase();
    made.world = await createWorld(made.test.db);
    made.nodes = [await startLiveNode(made.test), await startLiveNode(made.test)];
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop();
    for (const browser of browsers.splice(0)) browser.close();
  });
  afterAll(async () => {
    for (const node of made.nodes ?? []) await node.stop();
    await made.test?.drop();
  });

  const given = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("The test has not begun.");
    return value;
  };
  const addMember = (role: ProjectRole, name?: string) =>
    createMember(given(made.test).db, { project: given(made.world).project, role, name });
  return {
    get test() {
      return given(made.test);
    },
    get world() {
      return given(made.world);
    },
    get nodes() {
      return given(made.nodes);
    },
    nextKey() {
      const key = given(made.world).annotationIds[used++];
      return given(key);
    },
    addMember,
    async join({ name = "Ada", role = "reviewer", node, room, member, scopes } = {}) {
      const who = member ?? (await addMember(role, name));
      const client = openLiveClient({
        url: (node ?? given(made.nodes)[0]).url,
        room: room ?? given(made.world).session.room,
        userId: who.userId,
        token: await tokenOf(given(made.test).db, who, scopes),
      });
      clients.push(client);
      await client.synced();
      return { ...client, member: who };
    },
    async browse({ name = "Ada", ...options } = {}) {
      const { session } = given(made.world);
      const { userId } = await (options.userId ? { userId: options.userId } : addMember("reviewer", name));
      const token = await tokenOf(given(made.test).db, { userId });
      const urls = given(made.nodes).map(({ url }) => url);
      const browser = openBrowser({ urls, session, token, ...options, userId });
      browsers.push(browser);
      return browser;
    },
  };
}
