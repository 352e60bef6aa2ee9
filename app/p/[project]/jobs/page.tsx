import { JobsScreen } from "@/components/jobs/list/jobs-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string }> };

export default async function JobsPage({ params }: Props) {
  const { project } = await params;
  const { role } = await (await api()).projects.get({ project });
  return (
    <JobsScreen
      project={project}
      canSee={roleAllows(role, "jobs:read")}
      canRun={roleAllows(role, "jobs:run")}
    />
  );
}
