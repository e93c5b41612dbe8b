/** Settings that styles follow: they stand on the root element, as `data-<name>`. */
export const STYLED = ["density", "motion", "colour", "rail"] as const;

/** Sets them before anything is painted. A constant: nothing from outside ever gets into it. */
export const SETTINGS_SCRIPT = `try{for(const n of ${JSON.stringify(STYLED)}){const v=localStorage.getItem("waymark."+n);if(v&&/^[a-z]+$/.test(v))document.documentElement.dataset[n]=v}}catch{}`;
