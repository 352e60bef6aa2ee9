import { NewJobScreen } from "@/components/jobs/new/new-job-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string }> };

export default async function NewJobPage({ params }: Props) {
  const { project } = await params;
  const { role } = await (await api()).projects.get({ project });
  return <NewJobScreen project={project} canRun={roleAllows(role, "jobs:run")} />;
}
