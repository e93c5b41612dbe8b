export { TimelineTab } from "./timeline-tab.tsx";
