import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";

type AccountInputProps = Omit<ComponentProps<typeof Input>, "type" | "autoComplete" | "maxLength">;

/** The name that colleagues see; browsers offer the person's own. */
export function NameInput(props: AccountInputProps) {
  return <Input {...props} autoComplete="name" required maxLength={120} />;
}

/** The e-mail address that somebody signs in with; password managers take it for the user name. */
export function EmailInput(props: AccountInputProps) {
  return <Input {...props} type="email" autoComplete="username" required maxLength={254} />;
}

/** A password: `current` is filled in by password managers, for a `new` one they offer to make it. */
export function PasswordInput({ kind, ...props }: AccountInputProps & { kind: "current" | "new" }) {
  return <Input {...props} type="password" autoComplete={`${kind}-password`} required maxLength={256} />;
}
