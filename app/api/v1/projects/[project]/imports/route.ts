import { handleRestRequest } from "@/server/api/rest/handle-request";
import { importRecords } from "@/server/api/rest/import-records";

type Context = { params: Promise<{ project: string }> };

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  importRecords(request, (await params).project);

const handle = async (request: Request, { params }: Context): Promise<Response> =>
  handleRestRequest(request, ["projects", (await params).project, "imports"]);

export { handle as DELETE, handle as GET, handle as PATCH, handle as PUT };
