import { handleJobEvents } from "@/server/api/rest/job-events";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ project: string; id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  handleJobEvents(request, await params);
