export { closeEvents, getEventListener, openEventListener } from "./listener";
export { eventInStatement, publish } from "./publish";
export type { EventListener } from "./topics";
export { watchTopic } from "./watch-topic";
