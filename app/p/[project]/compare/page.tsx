import type { Metadata } from "next";
import { CompareScreen } from "@/components/compare/compare-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Compare" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project: ref } = await params;
  const caller = await api();
  const [project, schema] = await Promise.all([
    caller.projects.get({ project: ref }),
    caller.projects.activeSchema({ project: ref }),
  ]);
  return <CompareScreen project={project} labels={schema?.labelSchema ?? []} />;
}
