import { notFound } from "next/navigation";
import { SessionScreen } from "@/components/verification/session/session-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string; id: string }> };

export default async function SessionPage({ params }: Props) {
  const { project, id } = await params;
  const caller = await api();
  const [me, { role }, session] = await Promise.all([
    caller.access.me(),
    caller.projects.get({ project }),
    caller.sessions.get({ project, id }),
  ]);
  const [schema, members, jobs] = await Promise.all([
    caller.projects.getSchema({ project, version: session.schemaVersion }),
    roleAllows(role, "members:read") ? caller.access.listMembers({ project, limit: 1000 }) : null,
    roleAllows(role, "jobs:read")
      ? Promise.all(session.jobIds.map((jobId) => caller.jobs.get({ project, id: jobId })))
      : [],
  ]);
  const label = schema.labelSchema.find(({ name }) => name === session.label);
  if (!label) notFound();
  return (
    <SessionScreen
      project={project}
      session={session}
      label={label}
      me={{ id: me.id, name: me.name }}
      people={
        members?.items.map(({ userId, name, joinedAt }) => ({ id: userId, name, createdAt: joinedAt })) ?? []
      }
      jobs={jobs.map(({ id: jobId, agentName, agentVersion, createdAt }) => ({
        id: jobId,
        name: `${agentName} v${agentVersion}`,
        createdAt,
      }))}
      canVerify={roleAllows(role, "verification:write")}
      canManage={roleAllows(role, "sessions:write")}
    />
  );
}
