import type { Scope } from "@/contracts/roles";
import { type ProjectActor, proveMembership, requireScope } from "@/server/modules/access";
import { startImport } from "@/server/modules/records";
import { type Db, getDb } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { claimKey, releaseKey, type StoredAnswer, storeAnswer } from "@/server/platform/idempotency";
import { previewUpload } from "../imports/preview-upload";
import { type ReceivedImport, receiveImport } from "../imports/receive-import";
import { refusalsFile } from "../imports/refusals-file";
import { admitCaller } from "./handle-request";
import { problemResponse } from "./problem-response";

/** `POST /api/v1/projects/{project}/imports`: the body is the file. */
export async function importRecords(request: Request, project: string): Promise<Response> {
  try {
    const db = getDb();
    const member = await proveCaller(db, request, project, "records:import");
    const received = await receiveImport(request);
    try {
      const { status, body } = await startOnce(db, member, received, request.headers.get("idempotency-key"));
      return Response.json(body, { status, headers: { "cache-control": "no-store" } });
    } finally {
      await received.upload.close();
    }
  } catch (error) {
    return problemResponse(error);
  }
}

/** `POST /api/v1/projects/{project}/imports/preview-file`: the body is the file. */
export async function previewRecordsFile(request: Request, project: string): Promise<Response> {
  try {
    const db = getDb();
    const member = await proveCaller(db, request, project, "records:import");
    return Response.json(await previewUpload(db, member, request), {
      headers: { "cache-control": "no-store" },
    });
  } catch (error) {
    return problemResponse(error);
  }
}

/** `GET /api/v1/projects/{project}/imports/{id}/errors`: every refused row as CSV. */
export async function importErrors(request: Request, project: string, id: string): Promise<Response> {
  try {
    const db = getDb();
    return await refusalsFile(db, await proveCaller(db, request, project, "records:import"), id);
  } catch (error) {
    return problemResponse(error);
  }
}

async function proveCaller(db: Db, request: Request, project: string, scope: Scope): Promise<ProjectActor> {
  const actor = await admitCaller(db, request);
  if (!actor) throw new AppError("unauthenticated", "Send an access token: Authorization: Bearer <token>.");
  const member = await proveMembership(db, actor, project);
  requireScope(member, scope);
  return member;
}

/** Starts the import, or gives the first answer when the same file came before under the same key. */
async function startOnce(
  db: Db,
  member: ProjectActor,
  received: ReceivedImport,
  key: string | null,
): Promise<StoredAnswer> {
  const start = async () => ({ status: 202, body: await startImport(db, member, received) });
  if (key === null) return start();
  const claim = { callerId: member.userId, route: `POST /projects/${member.projectId}/imports`, key };
  const bodyText = `${JSON.stringify(received.options)} ${received.upload.sha256}`;
  const first = await claimKey(db, { ...claim, bodyText });
  if (first) return first;
  try {
    const answer = await start();
    await storeAnswer(db, claim, answer);
    return answer;
  } catch (error) {
    await releaseKey(db, claim);
    throw error;
  }
}
