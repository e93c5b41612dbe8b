/** Linux's numbers for file systems that lie on another machine (statfs(2)); elsewhere nothing is known. */
const NETWORK_TYPES: Readonly<Record<number, string>> = {
	26985: "NFS",
	20859: "SMB",
	4283649346: "CIFS",
	4266872130: "SMB2",
	16914839: "9p",
	12805120: "Ceph",
	1397113167: "AFS",
};

/** What may go wrong with a database there, and what to do; null: nothing is known against it. */
export function doubtAbout(type: number): string | null {
	// Signed on some platforms.
	const name = NETWORK_TYPES[type >>> 0];
	if (name === undefined) return null;
	return `the file lies on a network file system (${name}), where locks and the shared log of SQLite do not work between machines. Move it to a local disk, or use PostgreSQL.`;
}
