import { SessionsScreen } from "@/components/verification/sessions/sessions-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string }> };

export default async function SessionsPage({ params }: Props) {
  const { project } = await params;
  const caller = await api();
  const [{ role }, firstPage] = await Promise.all([
    caller.projects.get({ project }),
    caller.sessions.list({ project }),
  ]);
  return (
    <SessionsScreen project={project} firstPage={firstPage} canCreate={roleAllows(role, "sessions:write")} />
  );
}
