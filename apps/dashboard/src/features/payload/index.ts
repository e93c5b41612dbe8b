export { PayloadViewer } from "./payload-viewer.tsx";
