"use client";

import { useParams } from "next/navigation";
import { middleTruncate } from "../../../components/middle-truncate.tsx";
import { Notice } from "../../../components/notice.tsx";
import { visibleText } from "../../../components/visible-text.ts";

export default function InstanceNotFound() {
	const { id } = useParams<{ id: string }>();
	return (
		<Notice title="There is no such instance" action={{ href: "/instances", label: "All instances" }}>
			<p>
				Nothing was ever started under the id{" "}
				<span className="wrap-anywhere font-mono text-ink text-xs">{middleTruncate(visibleText(decoded(id)), 80)}</span>{" "}
				in this database.
			</p>
			<p>Check the spelling (upper and lower case count), or look for it in the list.</p>
		</Notice>
	);
}

function decoded(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}
