import { Download } from "lucide-react";
import type { ValueResponse } from "../../server/wire.ts";
import { IconToggle } from "./icon-toggle.tsx";
import { type ValueAddress, valuePath } from "./use-value.ts";

interface DownloadLinkProps {
	readonly value: ValueResponse;
	readonly address: ValueAddress;
	readonly label: string;
	readonly isClear: boolean;
}

/** The file of the server holds no secrets. What somebody was shown in clear is saved as it was shown. */
export function DownloadLink({ value, address, label, isClear }: DownloadLinkProps) {
	if (isClear && value.encoding === "text" && !value.truncated) {
		return (
			<IconToggle label={label} onClick={() => save(value.text)}>
				<Download aria-hidden size={13} />
			</IconToggle>
		);
	}
	return (
		<a
			href={valuePath(address, "&download=1")}
			download
			aria-label={label}
			title={value.hidden > 0 || isClear ? "Download, without what is hidden" : "Download"}
			className="inline-flex size-[24px] shrink-0 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
		>
			<Download aria-hidden size={13} />
		</a>
	);
}

function save(text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = "value.json.txt";
	link.click();
	URL.revokeObjectURL(url);
}
