import type { ListOf } from "../../contracts/common";
import { Pages } from "../pages";
import { TandemError } from "../tandem-error";
import type { CallOptions, Http, QueryValues } from "./http";

/** The calls below one address, as below `/projects/{project}`. */
export type Client = {
  http: Http;
  /** The whole path of one below the client's address. */
  at(path: string): string;
  get<T>(path: string, query?: QueryValues, options?: CallOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: CallOptions & { isSecret?: boolean }): Promise<T>;
  put<T>(path: string, body: unknown, options?: CallOptions): Promise<T>;
  patch<T>(path: string, body: unknown, options?: CallOptions): Promise<T>;
  delete(path: string, query?: QueryValues, options?: CallOptions): Promise<void>;
  /** A list that is read page by page. */
  list<T>(path: string, query?: QueryValues, options?: CallOptions): Pages<T>;
};

/** Items of a page where nothing was said: fewer calls than the server's own 50. */
export const PAGE_SIZE = 200;

export function createClient(http: Http, base = ""): Client {
  const at = (path: string) => `${base}${path}`;
  const get = <T>(path: string, query?: QueryValues, options?: CallOptions) =>
    http.json<T>({ method: "GET", path: at(path), query, ...options });
  return {
    http,
    at,
    get,
    post: (path, body = {}, options) => http.json({ method: "POST", path: at(path), body, ...options }),
    put: (path, body, options) => http.json({ method: "PUT", path: at(path), body, ...options }),
    patch: (path, body, options) => http.json({ method: "PATCH", path: at(path), body, ...options }),
    delete: (path, query, options) => http.json({ method: "DELETE", path: at(path), query, ...options }),
    list: <T>(path: string, query: QueryValues = {}, options?: CallOptions) =>
      new Pages<T>((cursor) => get<ListOf<T>>(path, { limit: PAGE_SIZE, ...query, cursor }, options)),
  };
}

/**
 * A path in which what is filled in can hold anything: `` path`/jobs/${id}` ``.
 * @throws TandemError `invalid_id` for what would name another address, however it is written
 */
export const path = (texts: TemplateStringsArray, ...values: string[]): string =>
  texts.map((text, index) => `${text}${index < values.length ? segment(values[index] ?? "") : ""}`).join("");

function segment(value: string): string {
  if (["", ".", ".."].includes(value))
    throw new TandemError({ status: 0, code: "invalid_id", detail: `"${value}" is no id.` });
  return encodeURIComponent(value);
}
