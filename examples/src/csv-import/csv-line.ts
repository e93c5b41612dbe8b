/** The fields of one CSV line: commas apart, quotes around a field that has commas, a doubled quote for a quote. */
export function fieldsOf(line: string): readonly string[] {
	const fields: string[] = [];
	let field = "";
	let quoted = false;
	for (let at = 0; at < line.length; at += 1) {
		const char = line[at];
		if (quoted && char === '"' && line[at + 1] === '"') {
			field += '"';
			at += 1;
		} else if (char === '"') {
			quoted = !quoted;
		} else if (char === "," && !quoted) {
			fields.push(field);
			field = "";
		} else {
			field += char;
		}
	}
	return [...fields, field];
}
