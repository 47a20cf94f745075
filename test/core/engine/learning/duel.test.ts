import { describe, expect, it } from 'vitest';
import { Duel, type Side, type Turn } from '../../../../electron/core/engine/learning/duel.ts';

/** Lets both take turns until one has won; tells who had each turn, too. */
function fight(rate: (side: Side, turn: number) => number | Turn) {
  const duel = new Duel();
  const turns: Side[] = [];
  while (duel.winner === null) {
    turns.push(duel.turn);
    const gave = rate(duel.turn, turns.length);
    duel.add(typeof gave === 'number' ? { hashesPerSecond: gave, hashesPerJoule: null } : gave);
  }
  return { winner: duel.winner, turns, rateOf: (side: Side) => duel.rateOf(side) };
}

const steady = (challenger: number) => (side: Side) => (side === 'holder' ? 100 : challenger);

describe('a duel', () => {
  it('gives both as many turns, neither always the first', () => {
    const { turns } = fight(steady(102));
    expect(turns.slice(0, 4)).toEqual(['holder', 'challenger', 'challenger', 'holder']);
    expect(turns.filter((side) => side === 'holder')).toHaveLength(turns.length / 2);
  });

  it('is won by a challenger that is faster by more than a hundredth', () => {
    expect(fight(steady(102))).toMatchObject({ winner: 'challenger' });
    expect(fight(steady(102)).rateOf('challenger')).toBe(102);
    expect(fight(steady(100.5))).toMatchObject({ winner: 'holder' });
    expect(fight(steady(100))).toMatchObject({ winner: 'holder' });
  });

  it('is over soon for a challenger that is much slower', () => {
    expect(fight(steady(80)).turns).toHaveLength(4);
  });

  it('is not decided by a machine that slows down, nor by one wild turn', () => {
    const slowing = (side: Side, turn: number) => steady(100)(side) * (1 - turn / 20);
    expect(fight(slowing).winner).toBe('holder');
    const wild = (side: Side, turn: number) => (turn === 3 ? 300 : steady(99)(side));
    expect(fight(wild).winner).toBe('holder');
  });

  it('is won by who makes more of a joule, were it slower, where every turn tells its joules', () => {
    const thrifty = { holder: 5, challenger: 6 };
    const turn = (side: Side, at: number, silentAt: number): Turn => ({
      hashesPerSecond: steady(90)(side),
      hashesPerJoule: at === silentAt ? null : thrifty[side],
    });
    const fought = fight((side, at) => turn(side, at, 0));
    expect(fought).toMatchObject({ winner: 'challenger' });
    expect(fought.rateOf('challenger')).toBe(90);
    expect(fight((side, at) => turn(side, at, 2)).winner).toBe('holder');
  });

  it('leaves things as they are when turns tell nothing', () => {
    const noise = [0.9, 1.2, 0.85, 1.25, 0.9, 1.3, 0.8, 1.2];
    let pair = 0;
    const rate = (side: Side) => (side === 'holder' ? 100 : 100 * (noise[pair++] ?? 1));
    expect(fight(rate).winner).toBe('holder');
  });
});
