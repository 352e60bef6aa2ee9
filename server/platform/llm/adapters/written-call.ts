/** What a provider is asked, in its own words. */
export type WrittenCall = { path: string; body: Record<string, unknown> };
