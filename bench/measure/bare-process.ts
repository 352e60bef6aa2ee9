import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { createPool } from "@/server/platform/db";

/**
 * The least that would be as safe as a live server: what comes is written in one commit, with rows like those of a
 * verdict, and then sent to all others. Nothing is looked at; who comes is greeted. Says its address on stdout.
 * Argument: the database's.
 */
const [url = ""] = process.argv.slice(2);
const pool = createPool(url);
await pool.query(`
  create table if not exists bare_room (id int primary key, version bigint not null);
  create table if not exists bare_log (id bigserial primary key, bytes bytea not null);
  create table if not exists bare_verdict (
    id bigserial primary key, item int not null, value text[] not null, current boolean not null,
    at timestamptz not null default now());
  create index if not exists bare_verdict_current on bare_verdict (item) where current;
  insert into bare_room values (1, 0) on conflict do nothing`);

const WRITE = `
with head as (update bare_room set version = version + 1 where id = 1 returning 1),
logged as (insert into bare_log (bytes) select $1 from head returning id),
replaced as (update bare_verdict set current = false where current and item = $2 returning 1),
done as (select count(*) from replaced)
insert into bare_verdict (item, value, current) select $2, array['neg'], true from logged, done`;

const server = new WebSocketServer({ port: 0, host: "localhost", perMessageDeflate: false });
let count = 0;
server.on("connection", (socket) => {
  socket.send(Buffer.alloc(0));
  socket.on("message", async (data: Buffer) => {
    await pool.query(WRITE, [data, count++ % 1000]);
    for (const other of server.clients) if (other !== socket) other.send(data);
  });
});
await once(server, "listening");
const { port } = server.address() as AddressInfo;
process.stdout.write(`ws://localhost:${port}/x\n`);
