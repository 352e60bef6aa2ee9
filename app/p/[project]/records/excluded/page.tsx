import type { Metadata } from "next";
import { ExcludedScreen } from "@/components/records-excluded/excluded-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Excluded records" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  return <ExcludedScreen project={await (await api()).projects.get({ project })} />;
}
