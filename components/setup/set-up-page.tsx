import { AuthLayout } from "@/components/layout/auth-layout";
import { SetUpForm } from "./set-up-form";

export function SetUpPage() {
  return (
    <AuthLayout
      title="Set up Tandem"
      description="Nobody is here yet. The first account owns this instance: it makes projects and invites people."
    >
      <SetUpForm />
    </AuthLayout>
  );
}
