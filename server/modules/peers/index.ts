export { type ConllBlock, ConllReader } from "./conll";
export { type PeerFormat, parsePeer, peerFiles } from "./formats";
export type {
  ParsedItems,
  PeerItem,
  PeerLabel,
  WrittenLabel,
  WrittenRecord,
} from "./peer-item";
