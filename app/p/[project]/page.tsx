import { OverviewScreen } from "@/components/overview/overview-screen";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string }> };

export default async function OverviewPage({ params }: Props) {
  const { project } = await params;
  const { projects } = await api();
  const [shown, overview] = await Promise.all([projects.get({ project }), projects.overview({ project })]);
  return <OverviewScreen project={shown} overview={overview} />;
}
