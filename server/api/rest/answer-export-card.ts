import { exportCardInput } from "@/contracts/export-card";
import { type Actor, proveMembership } from "@/server/modules/access";
import { contentDisposition, makeCard, renderCard } from "@/server/modules/exports";
import { type Db, getDb } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { admitCaller } from "./handle-request";
import { problemResponse } from "./problem-response";

/** `GET /api/v1/projects/{project}/export/card`, for the bearer of an access token. */
export const handleExportCard = (request: Request, project: string): Promise<Response> =>
  answerExportCard(request, project, (db) => admitCaller(db, request));

/**
 * A dataset card with its methods report, as Markdown or JSON.
 * @param findActor who asks; null: nobody known
 */
export async function answerExportCard(
  request: Request,
  project: string,
  findActor: (db: Db) => Promise<Actor | null>,
): Promise<Response> {
  try {
    const db = getDb();
    const actor = await findActor(db);
    if (!actor) throw new AppError("unauthenticated", "Sign in, or send an access token.");
    const member = await proveMembership(db, actor, project);
    const { format, snapshot } = exportCardInput.parse(Object.fromEntries(new URL(request.url).searchParams));
    const card = await makeCard(db, member, { snapshot });
    const isJson = format === "json";
    return new Response(isJson ? JSON.stringify(card) : renderCard(card), {
      headers: {
        "content-type": isJson ? "application/json" : "text/markdown; charset=utf-8",
        "content-disposition": contentDisposition([member.projectSlug, "card"], format),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}
