import { importErrors } from "@/server/api/rest/import-records";

type Context = { params: Promise<{ project: string; id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { project, id } = await params;
  return importErrors(request, project, id);
};
