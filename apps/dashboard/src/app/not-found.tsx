import { Notice } from "../components/notice.tsx";

export default function NotFound() {
	return (
		<Notice title="There is no such page" action={{ href: "/instances", label: "All instances" }}>
			<p>The address may be old or mistyped.</p>
		</Notice>
	);
}
