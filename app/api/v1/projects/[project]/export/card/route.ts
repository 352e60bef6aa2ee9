import { handleExportCard } from "@/server/api/rest/answer-export-card";

type Context = { params: Promise<{ project: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  handleExportCard(request, (await params).project);
