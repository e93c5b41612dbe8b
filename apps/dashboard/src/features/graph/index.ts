export { InstanceGraph } from "./instance-graph.tsx";
