/** A program that speaks REST: every answer is checked for its status before it is read. */
export function createRestClient(url: string, token?: string) {
  async function call(
    method: string,
    path: string,
    {
      body,
      status = 200,
      headers = {},
    }: { body?: unknown; status?: number; headers?: Record<string, string> } = {},
  ) {
    const raw = typeof body === "string";
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined || raw ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${text.slice(0, 500)}`);
    return { text, headers: answer.headers };
  }
  type Options = Parameters<typeof call>[2];
  return {
    call,
    // Answers are data from outside; each test reads the fields that the API promises.
    get: async <T>(path: string, options?: Options): Promise<T> =>
      JSON.parse((await call("GET", path, options)).text),
    post: async <T>(path: string, body: unknown, options?: Options): Promise<T> =>
      JSON.parse((await call("POST", path, { body, ...options })).text),
    put: async <T>(path: string, body: unknown, options?: Options): Promise<T> =>
      JSON.parse((await call("PUT", path, { body, ...options })).text),
  };
}

export type RestClient = ReturnType<typeof createRestClient>;

type Page<T> = { items: T[]; nextCursor: string | null; total: number };

/** Every item of a list, page by page. */
export async function allPages<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
