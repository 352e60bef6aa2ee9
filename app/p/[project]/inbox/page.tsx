import type { Metadata } from "next";
import { InboxScreen } from "@/components/discussions/inbox-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Inbox" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ tab?: string | string[]; only?: string | string[] }>;
};

export default async function Page({ params, searchParams }: Props) {
  const [{ project }, { tab, only }] = await Promise.all([params, searchParams]);
  const shown = await (await api()).projects.get({ project });
  return (
    <InboxScreen
      project={shown}
      address={{ tab: tab === "flags" ? "flags" : "inbox", only: only === "all" ? "all" : "open" }}
    />
  );
}
