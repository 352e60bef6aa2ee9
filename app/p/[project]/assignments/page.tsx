import type { Metadata } from "next";
import { AssignmentsPage } from "@/components/assignments/assignments-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Assignments" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  return <AssignmentsPage project={await (await api()).projects.get({ project })} />;
}
