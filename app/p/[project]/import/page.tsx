import type { Metadata } from "next";
import { ImportScreen } from "@/components/imports/import-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Import records" };

type Props = { params: Promise<{ project: string }> };

export default async function ImportPage({ params }: Props) {
  const { project } = await params;
  const { projects } = await api();
  return <ImportScreen project={await projects.get({ project })} />;
}
