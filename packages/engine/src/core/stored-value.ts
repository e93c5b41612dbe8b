/** Encoded bytes and the name of the codec that wrote them ("json"). */
export interface StoredValue {
	readonly codec: string;
	readonly bytes: Uint8Array;
}
