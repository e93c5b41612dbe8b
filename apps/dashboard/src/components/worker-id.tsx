import { MiddleTruncate } from "./middle-truncate.tsx";
import { visibleText } from "./visible-text.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A worker in eight characters. The end of a UUIDv7 is its random part: the beginnings of one minute are all alike. */
export function WorkerId({ id, className = "" }: { readonly id: string; readonly className?: string }) {
	if (!UUID.test(id)) return <MiddleTruncate text={id} max={24} className={`font-mono text-xs ${className}`} />;
	return (
		<code className={`font-mono text-xs ${className}`} title={`Worker ${visibleText(id)}`}>
			{id.slice(-8)}
		</code>
	);
}
