import type { ReactNode } from "react";
import { Wordmark } from "./logo";

type AuthLayoutProps = {
  title: ReactNode;
  /** What this is and for whom: "Ada Park invites you to label records of airline, as a reviewer." */
  description?: ReactNode;
  /** The form. */
  children: ReactNode;
  /** The other way in. */
  footer?: ReactNode;
};

/** Sign-in, join, set a password: one column, one question, one button. */
export function AuthLayout({ title, description, children, footer }: AuthLayoutProps) {
  return (
    <div className="flex min-h-dvh flex-col bg-surface px-6">
      <header className="flex h-14 items-center">
        <Wordmark />
      </header>
      <main className="mx-auto flex w-full max-w-80 flex-1 flex-col justify-center pb-[18vh]">
        <h1 className="text-balance text-text text-xl">{title}</h1>
        {description ? <p className="mt-1.5 text-balance text-base text-muted">{description}</p> : null}
        <div className="mt-6">{children}</div>
        {footer ? <div className="mt-6 border-t pt-4 text-muted">{footer}</div> : null}
      </main>
    </div>
  );
}
