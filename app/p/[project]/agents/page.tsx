import type { Metadata } from "next";
import { AgentsPage } from "@/components/agents/agents-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Agents" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  return <AgentsPage project={await (await api()).projects.get({ project })} />;
}
