import { startBulk } from "../../../server/bulk/bulk-job.ts";
import { only, route } from "../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const POST = route(startBulk);
export const GET = only("POST");
