export type Side = 'holder' | 'challenger';

/** What a turn gave. */
export interface Turn {
  readonly hashesPerSecond: number;
  /** Null: by speed alone. */
  readonly hashesPerJoule: number | null;
}

const LEAST_PAIRS = 4;
const MOST_PAIRS = 8;
/** The challenger is left at once when it is so much worse twice. */
const HOPELESS = 0.95;
const HOPELESS_PAIRS = 2;
/** It must be better by so much in the middle of all pairs, and better at all in three of four: else things stay as they are. */
const CLEARLY_BETTER = 1.01;
const MOST_OF_THEM = 0.75;

/**
 * Two ways of hashing take turns, A B B A A B B A: what changes with time favours neither. The better one makes more of a joule
 * where every turn tells that, else more of a second.
 */
export class Duel {
  readonly #turns: Readonly<Record<Side, Turn[]>> = { holder: [], challenger: [] };

  /** Whose turn it is. */
  get turn(): Side {
    const { holder, challenger } = this.#turns;
    const turns = holder.length + challenger.length;
    return turns % 4 === 0 || turns % 4 === 3 ? 'holder' : 'challenger';
  }

  add(turn: Turn): void {
    this.#turns[this.turn].push(turn);
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
    return median(this.#turns[side].map(({ hashesPerSecond }) => hashesPerSecond));
  }

  #ratios(): readonly number[] {
    const { holder, challenger } = this.#turns;
    const byJoule = [...holder, ...challenger].every(
      ({ hashesPerJoule }) => hashesPerJoule !== null,
    );
    const worth = ({ hashesPerSecond, hashesPerJoule }: Turn) =>
      byJoule ? (hashesPerJoule ?? 0) : hashesPerSecond;
    return challenger.flatMap((turn, pair) => {
      const other = holder[pair];
      return other === undefined || worth(other) === 0 ? [] : [worth(turn) / worth(other)];
    });
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
