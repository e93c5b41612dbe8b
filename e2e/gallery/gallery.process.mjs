import { seedGallery } from "./seed.mjs";

/**
 * A process that fills the store at WAYMARK_DB and stays as its worker: `node gallery.process.mjs [scenario …]`. With
 * WAYMARK_GALLERY_AT, ms since the epoch, that is when.
 */
const ids = process.argv.slice(2);
const began = Date.now();
const at = process.env.WAYMARK_GALLERY_AT === undefined ? null : Number(process.env.WAYMARK_GALLERY_AT);
const seeded = await seedGallery(process.env.WAYMARK_DB ?? "", { at, ...(ids.length > 0 && { only: ids }) });
for (const { id, shows } of seeded.scenarios) console.log(`scenario ${id}: ${shows}`);
console.log(`gallery ready: ${seeded.scenarios.length} scenarios in ${((Date.now() - began) / 1000).toFixed(1)} s`);

process.once("SIGTERM", async () => {
	await seeded.close();
	process.exit(0);
});
