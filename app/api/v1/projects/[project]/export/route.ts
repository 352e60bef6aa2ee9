import { handleExport } from "@/server/api/rest/answer-export";

type Context = { params: Promise<{ project: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  handleExport(request, (await params).project);
