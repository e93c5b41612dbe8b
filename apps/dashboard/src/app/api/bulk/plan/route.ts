import { planBulk } from "../../../../server/bulk/bulk-plan.ts";
import { only, route } from "../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const POST = route(planBulk);
export const GET = only("POST");
