import type { Metadata } from "next";
import { BudgetPage } from "@/components/settings/budget/budget-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Keys and budget" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  return <BudgetPage project={await (await api()).projects.get({ project })} />;
}
