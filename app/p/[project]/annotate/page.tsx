import type { Metadata } from "next";
import { AnnotatePage } from "@/components/annotate/annotate-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Label records" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const text = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

/** `?subset=<id>` or `?query=<words>` */
export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { subset, query } = await searchParams;
  const caller = await api();
  const [me, found] = await Promise.all([caller.access.me(), caller.projects.get({ project })]);
  return <AnnotatePage project={found} me={{ id: me.id }} subsetId={text(subset)} queryText={text(query)} />;
}
