import type { Metadata } from "next";
import { SubsetsPage } from "@/components/subsets/subsets-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Subsets" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  const caller = await api();
  const [shown, schema, annotators] = await Promise.all([
    caller.projects.get({ project }),
    caller.projects.activeSchema({ project }),
    caller.records.annotators({ project }),
  ]);
  return <SubsetsPage project={shown} labels={schema?.labelSchema ?? []} annotators={annotators.items} />;
}
