import { WebSocket } from "ws";
import { waitFor } from "@/server/testing/wait-for";

/** A socket without a protocol of its own, for what no good client would send. */
export type RawSocket = {
  send(data: Uint8Array | string): void;
  /** Everything that came. */
  received: Uint8Array[];
  opened(): Promise<void>;
  /** The code it was closed with. */
  closedWith(): Promise<number>;
  isOpen(): boolean;
  /** Reads nothing more, as a program that hangs. */
  pause(): void;
  resume(): void;
  stop(): void;
};

export function openRawSocket(address: string, headers: Record<string, string> = {}): RawSocket {
  const socket = new WebSocket(address, { headers });
  const received: Uint8Array[] = [];
  let code: number | undefined;
  socket.on("message", (data: Buffer) => void received.push(new Uint8Array(data)));
  socket.on("close", (given) => {
    code = given;
  });
  socket.on("error", () => undefined);
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  return {
    send: (data) => socket.send(data),
    received,
    isOpen,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    async opened() {
      await waitFor("the socket", isOpen);
    },
    closedWith: () => waitFor("the end of the socket", () => code),
    stop: () => socket.terminate(),
  };
}
