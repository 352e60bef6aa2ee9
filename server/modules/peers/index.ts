export { type ConllBlock, ConllReader } from "./conll";
export { type PeerFormat, parsePeer, peerFiles } from "./formats";
export type {
  ParsedItems,
  ParseOptions,
  PeerFileFormat,
  PeerItem,
  PeerLabel,
  PeerProblem,
  PeerWriter,
  WrittenLabel,
  WrittenRecord,
} from "./peer-item";
export { TextOffsets } from "./text-offsets";
