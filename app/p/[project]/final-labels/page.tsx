import type { Metadata } from "next";
import { FinalLabelsScreen } from "@/components/final-labels/overview/final-labels-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Final labels" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project: ref } = await params;
  const caller = await api();
  const [project, schema] = await Promise.all([
    caller.projects.get({ project: ref }),
    caller.projects.activeSchema({ project: ref }),
  ]);
  return <FinalLabelsScreen project={project} labels={schema?.labelSchema ?? []} />;
}
