export type Side = 'holder' | 'challenger';

const LEAST_PAIRS = 4;
const MOST_PAIRS = 8;
/** The challenger is left at once when it is so much slower twice. */
const HOPELESS = 0.95;
const HOPELESS_PAIRS = 2;
/** It must be faster by so much in the middle of all pairs, and faster at all in three of four: else things stay as they are. */
const CLEARLY_BETTER = 1.01;
const MOST_OF_THEM = 0.75;

/** Two ways of hashing take turns, A B B A A B B A: what changes with time favours neither. */
export class Duel {
  readonly #rates: Readonly<Record<Side, number[]>> = { holder: [], challenger: [] };

  /** Whose turn it is. */
  get turn(): Side {
    const { holder, challenger } = this.#rates;
    const turns = holder.length + challenger.length;
    return turns % 4 === 0 || turns % 4 === 3 ? 'holder' : 'challenger';
  }

  /** What a turn gave, in hashes per second. */
  add(rate: number): void {
    this.#rates[this.turn].push(rate);
  }

  /** Null: not decided yet. */
  get winner(): Side | null {
    const ratios = this.#ratios();
    if (ratios.length < HOPELESS_PAIRS) return null;
    if (ratios.every((ratio) => ratio < HOPELESS)) return 'holder';
    if (ratios.length < LEAST_PAIRS) return null;
    const ahead = ratios.filter((ratio) => ratio > 1).length / ratios.length;
    const middle = median(ratios);
    if (middle >= CLEARLY_BETTER && ahead >= MOST_OF_THEM) return 'challenger';
    return middle <= 1 || ratios.length >= MOST_PAIRS ? 'holder' : null;
  }

  /** Hashes per second in the middle of its turns; 0 before the first. */
  rateOf(side: Side): number {
    return median(this.#rates[side]);
  }

  #ratios(): readonly number[] {
    const { holder, challenger } = this.#rates;
    return challenger.flatMap((rate, pair) => {
      const other = holder[pair];
      return other === undefined || other === 0 ? [] : [rate / other];
    });
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
