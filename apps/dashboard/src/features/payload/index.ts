export { PayloadDiff } from "./payload-diff.tsx";
export { PayloadViewer } from "./payload-viewer.tsx";
