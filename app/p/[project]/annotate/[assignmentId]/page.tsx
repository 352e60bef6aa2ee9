import type { Metadata } from "next";
import { AnnotatePage } from "@/components/annotate/annotate-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Label records" };

type Props = { params: Promise<{ project: string; assignmentId: string }> };

export default async function Page({ params }: Props) {
  const { project, assignmentId } = await params;
  const caller = await api();
  const [me, found] = await Promise.all([caller.access.me(), caller.projects.get({ project })]);
  return <AnnotatePage key={assignmentId} project={found} me={{ id: me.id }} assignmentId={assignmentId} />;
}
