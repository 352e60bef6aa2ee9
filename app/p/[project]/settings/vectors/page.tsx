import type { Metadata } from "next";
import { VectorsPage } from "@/components/settings/vectors/vectors-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Vectors" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  return <VectorsPage project={await (await api()).projects.get({ project })} />;
}
