import type { Metadata } from "next";
import { StudioPage } from "@/components/agents/studio/studio-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "New agent" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ from?: string | string[] }> };

export default async function Page({ params, searchParams }: Props) {
  const [{ project }, { from }] = await Promise.all([params, searchParams]);
  const shown = await (await api()).projects.get({ project });
  return <StudioPage project={shown} agentId={null} copyOf={from === undefined ? null : String(from)} />;
}
