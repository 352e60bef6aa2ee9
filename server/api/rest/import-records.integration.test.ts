import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { problem } from "@/contracts/common";
import type { ProjectRole } from "@/contracts/roles";
import { createAccessToken, type ProjectActor } from "@/server/modules/access";
import { getImport, runImport } from "@/server/modules/records";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { waitFor } from "@/server/testing/wait-for";
import { importErrors, importRecords } from "./import-records";

let test: TestDatabase;
let dataDir: string;
let project: { id: string; slug: string };
let member: ProjectActor;
let token: string;

const tokenOf = async ({ userId, userName }: ProjectActor): Promise<string> => {
  const actor = { userId, name: userName, instanceRole: "member" as const };
  const made = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] });
  return made.token;
};

beforeAll(async () => {
  test = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tandem-import-"));
  completeEnv({
    databaseUrl: test.url,
    dataDir,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
    maxImportBytes: 1024 * 1024,
  });
});
beforeEach(async () => {
  ({ project, administrator: member } = await createTestProject(test.db));
  token = await tokenOf(member);
});
afterAll(async () => {
  await closeDb();
  await test.drop();
  await rm(dataDir, { recursive: true });
});

type Sent = { type?: string; bearer?: string | null; headers?: Record<string, string>; ref?: string };

function send(
  body: BodyInit,
  search = "",
  { type = "text/csv", bearer = token, headers = {}, ref }: Sent = {},
) {
  const all = new Headers(headers);
  if (type) all.set("content-type", type);
  if (bearer) all.set("authorization", `Bearer ${bearer}`);
  const url = `http://host/api/v1/projects/${ref ?? project.slug}/imports${search}`;
  return importRecords(new Request(url, { method: "POST", headers: all, body }), ref ?? project.slug);
}

const problemOf = async (answer: Response) => problem.parse(await answer.json());

async function accepted(answer: Response): Promise<string> {
  expect(answer.status).toBe(202);
  const body = await answer.json();
  expect(body).toMatchObject({ status: "queued" });
  return body.id;
}

async function finished(id: string) {
  const signal = new AbortController().signal;
  await runImport({ db: test.db, pool: test.pool, signal, lastAttempt: false }, id);
  return getImport(test.db, member, { id });
}

const rows = "id,content,a,b\n1,one,x,y\n2,two,x,y\n";

describe("POST /imports", () => {
  it("takes a body, with names repeated or in a list", async () => {
    const id = await accepted(await send(rows, "?id=id&metadata=a,b&visibility=a:gold&onExisting=fail"));
    expect(await finished(id)).toMatchObject({ status: "succeeded", imported: 2 });
    const names = await test.db.metadataName.findMany({ where: { projectId: project.id } });
    expect(names.map(({ name, visibility }) => [name, visibility]).sort()).toEqual([
      ["a", "gold"],
      ["b", "team"],
    ]);
  });

  it("takes a form, wherever its fields stand", async () => {
    const form = new FormData();
    form.append("file", new File([rows.replaceAll(",", "\t")], "rows.tsv"));
    form.append("content", "content");
    form.append("metadata", "a");
    form.append("metadata", "b");
    const id = await accepted(await send(form, "?id=id", { type: "" }));
    expect(await finished(id)).toMatchObject({ imported: 2, fileName: "rows.tsv" });
    const record = await test.db.record.findFirstOrThrow({ where: { projectId: project.id } });
    expect(record.metadata).toEqual({ a: "x", b: "y" });
  });

  it("reads the charset of the Content-Type", async () => {
    const bytes = Buffer.from("id,content\n1,café\n", "latin1");
    const id = await accepted(await send(bytes, "?id=id", { type: "text/csv; charset=ISO-8859-1" }));
    expect(await finished(id)).toMatchObject({ encoding: "latin1" });
    expect((await test.db.record.findFirstOrThrow({ where: { projectId: project.id } })).content).toBe(
      "café",
    );
  });

  it.each([
    ["a column that is not there", rows, "?content=text", 422, "invalid_mapping", "content"],
    ["no text column", "a,b\n1,2\n", "", 422, "invalid_mapping", "content"],
    ["an unknown choice", rows, "?onExisting=replace", 422, "invalid", "onExisting"],
    ["a pair that is none", rows, "?types=n", 422, "invalid", "types"],
    ["an empty file", "", "", 422, "empty_file", "file"],
    ["a workbook", "PK\x03\x04 not text", "", 422, "binary_file", "file"],
    [
      "bytes that are not UTF-8",
      Buffer.from([0x61, 0xe9, 0x0a]),
      "?content=a&encoding=utf-8",
      422,
      "invalid_mapping",
      "content",
    ],
    ["a body over the limit", "id,content\n".padEnd(1024 * 1024 + 1, "1,x\n"), "", 413, "too_large", "file"],
  ])("refuses %s, naming the field, and keeps nothing", async (_what, body, search, status, code, field) => {
    const answer = await send(body, search);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const told = await problemOf(answer);
    expect(told.code).toBe(code);
    expect(told.errors?.[0]?.path).toBe(field);
    expect(await test.db.importRun.count({ where: { projectId: project.id } })).toBe(0);
  });

  it("refuses what is said to be UTF-8 and is not, once all of it is there", async () => {
    const bytes = Buffer.concat([Buffer.from("content\nfine\n"), Buffer.from([0x61, 0xe9, 0x0a])]);
    expect((await problemOf(await send(bytes, "?encoding=utf-8"))).code).toBe("invalid_encoding");
  });

  it("refuses types that it can't read, with those it can", async () => {
    const answer = await send("x", "", { type: "application/vnd.ms-excel" });
    expect(answer.status).toBe(415);
    expect((await problemOf(answer)).detail).toMatch(/text\/csv/);
    expect((await send("content\nx\n", "", { type: "text/csv; charset=klingon" })).status).toBe(415);
  });

  it("imports one file once under one key", async () => {
    const headers = { "idempotency-key": "k1" };
    const first = await accepted(await send(rows, "?id=id", { headers }));
    expect(await accepted(await send(rows, "?id=id", { headers }))).toBe(first);
    expect((await problemOf(await send(`${rows}3,three,x,y\n`, "?id=id", { headers }))).code).toBe(
      "idempotency_mismatch",
    );
    expect(await test.db.importRun.count({ where: { projectId: project.id } })).toBe(1);
  });

  it.each([
    ["reviewer", 403],
    ["annotator", 403],
    ["viewer", 403],
  ] as const satisfies readonly (readonly [ProjectRole, number])[])(
    "is not for a %s",
    async (role, status) => {
      const bearer = await tokenOf(await createMember(test.db, { project, role }));
      expect((await send(rows, "", { bearer })).status).toBe(status);
    },
  );

  it("is not for strangers, who are not told that the project exists", async () => {
    expect((await send(rows, "", { bearer: null })).status).toBe(401);
    const other = await createTestProject(test.db);
    const bearer = await tokenOf(other.administrator);
    const refused = [
      await send(rows, "", { bearer }),
      await send(rows, "", { bearer, ref: "no-such-project" }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404]);
    expect((await problemOf(refused[0] as Response)).detail).toBe(
      (await problemOf(refused[1] as Response)).detail,
    );
  });
});

describe("the refused rows of an import", () => {
  it("are a file, safe in spreadsheets, for members of the project alone", async () => {
    const id = await accepted(await send('id,content\n=1+1,\n"a ""b""\n c",\n', "?id=id"));
    await finished(id);
    const ask = async (bearer: string, ref: string) => {
      const headers = { authorization: `Bearer ${bearer}` };
      return importErrors(new Request("http://host/", { headers }), ref, id);
    };
    const file = await ask(token, project.id);
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await file.text()).toBe(
      'line,externalId,code,message\r\n2,\'=1+1,empty_content,The text is empty or only white space.\r\n3,"a ""b""\n c",empty_content,The text is empty or only white space.\r\n',
    );
    const other = await createTestProject(test.db);
    expect((await ask(await tokenOf(other.administrator), other.project.id)).status).toBe(404);
  });
});

describe("an upload that breaks off", () => {
  it("imports nothing", async () => {
    let ended: Response | undefined;
    const server = http.createServer((incoming, outgoing) => {
      const request = new Request("http://host/?id=id", {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "text/csv", "content-length": "1000" },
        body: Readable.toWeb(incoming) as ReadableStream,
        duplex: "half",
      } as RequestInit);
      void importRecords(request, project.slug).then((answer) => {
        ended = answer;
        outgoing.destroy();
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const outgoing = http.request({
      port,
      host: "127.0.0.1",
      method: "POST",
      headers: { "content-length": 1000 },
    });
    outgoing.on("error", () => undefined);
    outgoing.write(rows);
    outgoing.flushHeaders();
    await new Promise<void>((sent) => outgoing.write("3,thr", () => sent()));
    outgoing.destroy();
    const answer = await waitFor("the answer", () => ended);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).detail).toMatch(/broke off/);
    expect(await test.db.importRun.count({ where: { projectId: project.id } })).toBe(0);
    server.closeAllConnections();
    server.close();
  });
});
