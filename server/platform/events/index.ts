export { type EventListener, getEventListener, openEventListener } from "./listener";
export { publish } from "./publish";
export { subscribe, watchTopic } from "./subscribe";
