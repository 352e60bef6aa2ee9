import { redirect } from "next/navigation";
import { api } from "@/trpc/server";

export default async function Page() {
  const { isSetUp, signedInAs } = await (await api()).access.instance();
  if (signedInAs !== null) redirect("/projects");
  redirect(isSetUp ? "/sign-in" : "/setup");
}
