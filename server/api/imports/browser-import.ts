import { isOwnOrigin } from "@/server/auth/own-origin";
import { type ProjectActor, proveMembership, requireScope } from "@/server/modules/access";
import { startImport } from "@/server/modules/records";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { browserContext } from "../browser-context";
import { problemResponse } from "../rest/problem-response";
import { previewUpload } from "./preview-upload";
import { receiveImport } from "./receive-import";
import { refusalsFile } from "./refusals-file";

/** The import screen's upload: as by REST, but a cookie says who sends, so it must come from a page of ours. */
export async function importFromBrowser(request: Request, project: string): Promise<Response> {
  try {
    requireOwnPage(request);
    const { db, member } = await proveReader(request, project);
    const received = await receiveImport(request);
    try {
      return Response.json(await startImport(db, member, received), { status: 202 });
    } finally {
      await received.upload.close();
    }
  } catch (error) {
    return problemResponse(error);
  }
}

/** The import screen's look into a whole file, before it is mapped. */
export async function previewFromBrowser(request: Request, project: string): Promise<Response> {
  try {
    requireOwnPage(request);
    const { db, member } = await proveReader(request, project);
    return Response.json(await previewUpload(db, member, request));
  } catch (error) {
    return problemResponse(error);
  }
}

function requireOwnPage(request: Request): void {
  if (!isOwnOrigin(request.headers))
    throw new AppError("forbidden", "This upload did not come from a page of this server.");
}

/** The import screen's download of refused rows. */
export async function importErrorsForBrowser(
  request: Request,
  project: string,
  id: string,
): Promise<Response> {
  try {
    const { db, member } = await proveReader(request, project);
    return await refusalsFile(db, member, id);
  } catch (error) {
    return problemResponse(error);
  }
}

async function proveReader(request: Request, project: string): Promise<{ db: Db; member: ProjectActor }> {
  const { db, actor } = await browserContext(request.headers);
  if (!actor)
    throw new AppError("unauthenticated", "Your session has ended. Sign in and send the file again.");
  const member = await proveMembership(db, actor, project);
  requireScope(member, "records:import");
  return { db, member };
}
