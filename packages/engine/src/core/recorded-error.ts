/** An error as data. Messages and stacks are hostile text: never rendered as anything but text. */
export interface RecordedError {
	readonly name: string;
	readonly message: string;
	readonly code: string | null;
	readonly stack: string | null;
	readonly cause: RecordedError | null;
}
