export { hashPassword, verifyPassword } from "./passwords";
export { open, seal } from "./sealing";
export { equalInConstantTime, hashToken, isWellFormedToken, newToken, sha256 } from "./tokens";
