import { WebSocket } from "ws";
import type { ProjectActor } from "@/server/modules/access";
import type { RoomRef } from "@/server/modules/verification";

/** A reader that lets so much pile up is cut off; it reconnects and gets the document anew. */
const MAX_BUFFERED = 16 * 1024 * 1024;
/** A close reason holds at most 123 bytes. */
const MAX_REASON = 120;

/** One socket whose person has proved who they are, in one room. */
export type Connection = {
  readonly member: ProjectActor;
  readonly room: RoomRef;
  /** Whether it has the document, so that updates make sense to it. */
  synced: boolean;
  send(message: Uint8Array): void;
  close(code: number, reason: string): void;
  isOpen(): boolean;
  /** Asks again what was asked at the door. @throws RefusedConnection when the answer is another one now */
  prove(): Promise<void>;
};

type ConnectionOptions = Pick<Connection, "member" | "room" | "prove"> & { socket: WebSocket };

export function createConnection({ socket, member, room, prove }: ConnectionOptions): Connection {
  return {
    member,
    room,
    prove,
    synced: false,
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
      else socket.send(message);
    },
    close: (code, reason) => closeSocket(socket, code, reason),
    isOpen: () => socket.readyState === WebSocket.OPEN,
  };
}

export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason.slice(0, MAX_REASON));
}
