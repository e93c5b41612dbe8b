export { PayloadDiff } from "./payload-diff.tsx";
export { PayloadViewer } from "./payload-viewer.tsx";
export type { ValueAddress } from "./use-value.ts";
