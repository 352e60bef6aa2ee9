import { CompareJobsScreen } from "@/components/jobs/compare/compare-jobs-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

export default async function CompareJobsPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  const caller = await api();
  const { role } = await caller.projects.get({ project });
  return (
    <CompareJobsScreen
      project={project}
      canSee={roleAllows(role, "jobs:read") && roleAllows(role, "compare:read")}
      canVerify={roleAllows(role, "sessions:write")}
    />
  );
}
