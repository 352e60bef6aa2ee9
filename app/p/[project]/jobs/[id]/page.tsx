import { JobScreen } from "@/components/jobs/job/job-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string; id: string }> };

export default async function JobPage({ params }: Props) {
  const { project, id } = await params;
  const caller = await api();
  const [{ role }, job] = await Promise.all([
    caller.projects.get({ project }),
    caller.jobs.get({ project, id }),
  ]);
  const schema = await caller.projects.getSchema({ project, version: job.schemaVersion });
  return (
    <JobScreen
      project={project}
      initialJob={job}
      labels={schema.labelSchema}
      canRun={roleAllows(role, "jobs:run")}
      canResolve={roleAllows(role, "annotations:write")}
      canVerify={roleAllows(role, "sessions:write")}
    />
  );
}
