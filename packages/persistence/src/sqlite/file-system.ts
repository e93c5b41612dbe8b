/** Linux's numbers for file systems that lie on another machine (statfs(2)); elsewhere nothing is known. */
const NETWORK_TYPES: Readonly<Record<number, string>> = {
	26985: "NFS",
	20859: "SMB",
	4283649346: "CIFS",
	4266872130: "SMB2",
	16914839: "9p",
	12805120: "Ceph",
	1397113167: "AFS",
	198183888: "Lustre",
	18225520: "GFS2",
	1952539503: "OCFS2",
};
/** What a program of its own serves: sshfs and shared folders of virtual machines, local ones too. */
const FUSE = 0x65735546;
const OVERLAY = 0x794c7630;

/** What may go wrong with a database there, and what to do; null: nothing is known against it. */
export function doubtAbout(type: number): string | null {
	// Signed on some platforms.
	const number = type >>> 0;
	if (number === OVERLAY) {
		return "the file lies in the layer of a container (overlay), which goes with the container. Put it on a volume.";
	}
	const name = number === FUSE ? "FUSE" : NETWORK_TYPES[number];
	if (name === undefined) return null;
	const kind = number === FUSE ? "a file system that may be another machine's" : "a network file system";
	return `the file lies on ${kind} (${name}), where locks and the shared log of SQLite do not work between machines. Move it to a local disk, or use PostgreSQL.`;
}
