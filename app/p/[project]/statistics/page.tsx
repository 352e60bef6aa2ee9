import type { Metadata } from "next";
import { StatisticsScreen } from "@/components/statistics/statistics-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Statistics" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project: ref } = await params;
  const caller = await api();
  const [project, schema] = await Promise.all([
    caller.projects.get({ project: ref }),
    caller.projects.activeSchema({ project: ref }),
  ]);
  return <StatisticsScreen project={project} labels={schema?.labelSchema ?? []} />;
}
