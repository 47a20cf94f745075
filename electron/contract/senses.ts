/** What the computer tells of itself and of how it is used. Asked every few seconds. */
export interface Senses {
  readonly battery: () => Battery;
  /** Since the last key or mouse movement; 0 for ever where nothing tells. */
  readonly idleSeconds: () => number;
  /** Temperature of the CPU; null where nothing tells. */
  readonly celsius: () => number | null;
  /** One for each processor; none where nothing tells. */
  readonly energy: () => readonly EnergyCounter[];
  /** What the processors are made to stay below in the long run; null where nothing tells. */
  readonly powerLimitWatts: () => number | null;
  /** False also where nothing tells. */
  readonly isLocked: () => boolean;
  /** Whether another program fills the screen; null where nothing tells. */
  readonly isFullScreen: () => boolean | null;
  /** Whether the connection is paid by volume; null where nothing tells. */
  readonly isMetered: () => boolean | null;
  /** Names of the programs that run; null where nothing tells. */
  readonly runningPrograms: (() => readonly string[]) | null;
}

/** Null: not told, or there is none. */
export interface Battery {
  readonly isInUse: boolean | null;
  /** Charge, 0 to 100. */
  readonly percent: number | null;
}

/** What a processor has used since some moment. Begins anew at 0 after `rangeJoules`. */
export interface EnergyCounter {
  readonly name: string;
  readonly joules: number;
  readonly rangeJoules: number;
}
