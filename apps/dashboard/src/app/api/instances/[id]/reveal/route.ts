import { instanceRoute, only } from "../../../../../server/respond.ts";
import { reveal } from "../../../../../server/reveal-command.ts";

export const dynamic = "force-dynamic";

export const POST = instanceRoute(reveal);
export const GET = only("POST");
