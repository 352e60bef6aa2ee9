/** Headers as Node gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header, "" when it is absent. */
export const headerOf = (headers: Headers, name: string): string => [headers[name] ?? ""].flat()[0] ?? "";
