import { createContext } from "react";

/** What is known of a worker besides its id. */
export interface WorkerName {
	readonly name: string;
	readonly at: { readonly host: string; readonly pid: number } | null;
}

const NONE: ReadonlyMap<string, WorkerName> = new Map();

/** The workers that the page knows by name, by incarnation. */
export const WorkerNames = createContext<ReadonlyMap<string, WorkerName>>(NONE);
