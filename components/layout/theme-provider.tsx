"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/** Light, dark or the system's; set on <html> before the first paint by an inline script that carries the page's nonce. */
export function ThemeProvider({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="tandem-theme"
      {...(nonce ? { nonce } : {})}
    >
      {children}
    </NextThemes>
  );
}
