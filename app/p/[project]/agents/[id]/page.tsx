import type { Metadata } from "next";
import { StudioPage } from "@/components/agents/studio/studio-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Agent" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  return <StudioPage project={await (await api()).projects.get({ project })} agentId={id} copyOf={null} />;
}
