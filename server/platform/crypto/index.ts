export { hashPassword, verifyPassword } from "./passwords";
export { open, seal } from "./sealing";
export { signText, verifyText } from "./signing";
export { equalInConstantTime, hashToken, isWellFormedToken, newToken, sha256 } from "./tokens";
