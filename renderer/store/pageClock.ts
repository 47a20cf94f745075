/** Milliseconds that only ever grow, whatever is done to the system's clock: for every interval. */
export const nowMs = () => performance.now();

/** Unix time in ms, which may jump: for display only. */
export const wallMs = () => Date.now();
