import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import type { Session } from "@/contracts/sessions";
import { attachCollab, type Collab, type IdentifyUpgrade } from "@/server/collab";
import { type ProjectActor, verifyAccessToken } from "@/server/modules/access";
import { createSession } from "@/server/modules/verification";
import { hashToken, newToken } from "@/server/platform/crypto";
import { createPool, type Db } from "@/server/platform/db";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";

/** A live server on a port of its own, as one process of several. */
export type LiveNode = { url: string; collab: Collab; listener: EventListener; stop(): Promise<void> };

/** Programs come with an access token; there are no pages here. */
const identifyByToken =
  (db: Db): IdentifyUpgrade =>
  async (headers) => {
    const header = headers.get("authorization");
    const actor = header ? await verifyAccessToken(db, header.replace("Bearer ", "")) : null;
    return actor ? { actor } : { actor: null, why: header ? "bad-token" : "none" };
  };

type LiveNodeOptions = { db: Db; url: string; eventsUrl?: string; askAgainMs?: number };

export async function startLiveNode(
  { db, url, eventsUrl = url, askAgainMs }: LiveNodeOptions,
  identifyUpgrade: IdentifyUpgrade = identifyByToken(db),
): Promise<LiveNode> {
  const listener = openEventListener(eventsUrl);
  const collab = attachCollab({
    db,
    pool: createPool(url),
    listener,
    log: pino({ level: "silent" }),
    identifyUpgrade,
    askAgainMs,
  });
  const server = createServer();
  server.on("upgrade", collab.handleUpgrade);
  await listenOnFreePort(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://localhost:${port}/collab`,
    collab,
    listener,
    async stop() {
      await collab.close();
      server.close();
      await listener.close();
    },
  };
}

const listenOnFreePort = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, "localhost", resolve));

export type LiveWorld = LabelledProject & {
  jobId: string;
  session: Session;
  /** In the session's order. */
  annotationIds: string[];
};

/** A project with so many labels of one job, and an open session on them. Every job value is `pos`. */
export async function createLiveWorld(
  db: Db,
  { items = 6, ...opened }: { items?: number } & Opened = {},
): Promise<LiveWorld> {
  const world = await createLabelledProject(db);
  const records = await addRecords(
    world,
    Array.from({ length: items }, (_, n) => ({ externalId: `r${n}` })),
  );
  const jobId = await addJob(world);
  await addLabels(
    world,
    jobId,
    [...records.values()].map((recordId) => [recordId, ["pos"]] as const),
  );
  const session = await openSession(world, jobId, opened);
  return { ...world, jobId, session, annotationIds: await annotationIdsOf(db, session.id) };
}

/** How a session is opened; shared and without blind labels unless said otherwise. */
export type Opened = { mode?: Session["mode"]; verdictsPerItem?: number; blindShare?: number };

export function openSession(
  { db, member }: LabelledProject,
  jobId: string,
  opened: Opened = {},
): Promise<Session> {
  return createSession(db, member, {
    label: "sentiment",
    jobIds: [jobId],
    order: "confidence",
    mode: "shared",
    blindShare: 0,
    members: [],
    ...opened,
  });
}

export async function annotationIdsOf(db: Db, sessionId: string): Promise<string[]> {
  const items = await db.sessionItem.findMany({ where: { sessionId }, orderBy: { position: "asc" } });
  return items.map(({ annotationId }) => annotationId);
}

/** An access token of a member, as the header that a program sends. */
export async function tokenOf(
  db: Db,
  { userId }: Pick<ProjectActor, "userId">,
  scopes: readonly string[] = [],
): Promise<string> {
  const token = newToken("tandem");
  await db.accessToken.create({
    data: {
      id: newId(),
      userId,
      scopes: [...scopes],
      tokenHash: hashToken(token),
      prefix: token.slice(0, 12),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return token;
}
