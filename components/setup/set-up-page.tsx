import { AuthLayout } from "@/components/layout/auth-layout";
import { NewAccountForm } from "./new-account-form";

export function SetUpPage() {
  return (
    <AuthLayout
      title="Set up Tandem"
      description="Nobody is here yet. The first account owns this instance: it makes projects and invites people."
    >
      <NewAccountForm kind="owner" />
    </AuthLayout>
  );
}
