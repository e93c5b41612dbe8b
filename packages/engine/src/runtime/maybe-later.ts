/** A value that is at hand, or comes later. Awaiting what is at hand would cost a turn and several promises. */
export type MaybeLater<T> = T | Promise<T>;

/** Whether it must be awaited. */
export function isLater(value: unknown): value is PromiseLike<unknown> {
	if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
	return typeof (value as { readonly then?: unknown }).then === "function";
}
