import type { Metadata } from "next";
import { ReconcileScreen } from "@/components/reconciling/reconcile-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Reconcile" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project: ref } = await params;
  const caller = await api();
  const [me, project, schema] = await Promise.all([
    caller.access.me(),
    caller.projects.get({ project: ref }),
    caller.projects.activeSchema({ project: ref }),
  ]);
  return (
    <ReconcileScreen project={project} me={{ id: me.id, name: me.name }} labels={schema?.labelSchema ?? []} />
  );
}
