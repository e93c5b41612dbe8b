import { seedGallery } from "./seed.mjs";

/** A process that fills the store at WAYMARK_DB and stays as its worker: `node gallery.process.mjs [scenario …]`. */
const ids = process.argv.slice(2);
const began = Date.now();
const seeded = await seedGallery(process.env.WAYMARK_DB ?? "", ids.length === 0 ? {} : { only: ids });
for (const { id, shows } of seeded.scenarios) console.log(`scenario ${id}: ${shows}`);
console.log(`gallery ready: ${seeded.scenarios.length} scenarios in ${((Date.now() - began) / 1000).toFixed(1)} s`);

process.once("SIGTERM", async () => {
	await seeded.close();
	process.exit(0);
});
