/** Far above this exp(-mean) is 0; the approximation is hardly ever off by one from here on. */
const EXACT_UP_TO = 500;
const Z = {
  0.005: -2.5758293035,
  0.1: -1.2815515655,
  0.9: 1.2815515655,
  0.995: 2.5758293035,
} as const;

/** Chance that nothing happens of what happens `mean` times on average. */
export const chanceOfNone = (mean: number): number => Math.exp(-mean);

/**
 * The lowest count that is not exceeded with this chance, of what happens `mean` times on average. Large means by the
 * expansion of Cornish and Fisher.
 */
export function poissonQuantile(mean: number, chance: keyof typeof Z): number {
  if (mean > EXACT_UP_TO) {
    const z = Z[chance];
    return Math.ceil(mean + z * Math.sqrt(mean) + (z * z - 1) / 6 - 0.5);
  }
  let term = Math.exp(-mean);
  let count = 0;
  for (let sum = term; sum < chance; sum += term) {
    count += 1;
    term *= mean / count;
  }
  return count;
}
