/**
 * What is done after each test. A support module's own hooks would be those of its first file alone: files share a process
 * and its modules (vitest.config.ts).
 */
export const leaving = new Set<() => Promise<void>>();
