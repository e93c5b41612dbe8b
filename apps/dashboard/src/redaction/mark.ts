/** Stands where something is hidden. The values never reach a browser: what is sent holds this in their place. */
export const HIDDEN_MARK = "••••";
