export { InstanceGraph, type InstanceGraphProps } from "./instance-graph.tsx";
