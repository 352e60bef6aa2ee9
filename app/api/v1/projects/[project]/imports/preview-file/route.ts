import { previewRecordsFile } from "@/server/api/rest/import-records";

type Context = { params: Promise<{ project: string }> };

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  previewRecordsFile(request, (await params).project);
