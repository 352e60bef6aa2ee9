import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { readerLocale } from "@/components/layout/reader-locale";
import { ThemeProvider } from "@/components/layout/theme-provider";
import { ReaderProvider } from "@/components/ui/reader";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { ApiProvider } from "@/trpc/client";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tandem", template: "%s · Tandem" },
  description: "A team and language models label text together.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f9fb" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1012" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const requestHeaders = await headers();
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={requestHeaders.get("x-nonce") ?? undefined}>
          <ReaderProvider
            locale={readerLocale(requestHeaders.get("accept-language"))}
            renderedAt={Date.now()}
          >
            <ApiProvider>
              <TooltipProvider>
                {children}
                <Toaster />
              </TooltipProvider>
            </ApiProvider>
          </ReaderProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
