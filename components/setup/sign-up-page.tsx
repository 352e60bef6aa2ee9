import { AuthLayout } from "@/components/layout/auth-layout";
import { TextLink } from "@/components/sign-in/text-link";
import { NewAccountForm } from "./new-account-form";

export function SignUpPage() {
  return (
    <AuthLayout
      title="Create an account"
      description="With it you make projects of your own and join others'."
      footer={
        <>
          Have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <NewAccountForm kind="member" />
    </AuthLayout>
  );
}
