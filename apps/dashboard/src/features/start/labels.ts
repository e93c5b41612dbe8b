type Labels =
	| { readonly kind: "labels"; readonly labels: Readonly<Record<string, string>> }
	| { readonly kind: "problem"; readonly problem: string };

/** Labels from lines of `name=value`. The engine has the last word on what a name may be. */
export function readLabels(text: string): Labels {
	const labels = new Map<string, string>();
	for (const line of text.split("\n")) {
		if (line.trim() === "") continue;
		const at = line.indexOf("=");
		const name = line.slice(0, at).trim();
		if (at < 1 || name === "")
			return { kind: "problem", problem: `"${line.trim()}" has no name before an equals sign.` };
		if (labels.has(name)) return { kind: "problem", problem: `"${name}" is there twice.` };
		labels.set(name, line.slice(at + 1).trim());
	}
	return { kind: "labels", labels: Object.fromEntries(labels) };
}
