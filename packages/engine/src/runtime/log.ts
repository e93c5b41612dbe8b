import type { TaskLogger } from "../core/builder/task-context.ts";

function write(level: "info" | "warn" | "error"): TaskLogger["info"] {
	return (message, fields) => {
		const line = fields === undefined ? message : `${message} ${JSON.stringify(fields)}`;
		console[level](line);
	};
}

export const consoleLog: TaskLogger = { info: write("info"), warn: write("warn"), error: write("error") };
