import type { Connection, ConnectionPurpose } from '../../contract/connections.ts';
import type { Clock } from '../clock.ts';

type Place = Pick<Connection, 'host' | 'port'>;
/** Where an opener may connect to as things are. */
export type Intent = Place & Pick<Connection, 'isOn'>;
/** An opener tells of each connection that it is about to open, or that it was asked for. */
export type NoteOpening = (purpose: ConnectionPurpose, place: Place) => void;

interface Opened extends Place {
  readonly purpose: ConnectionPurpose;
  readonly lastAtMs: number;
}

/** Every connection that the app opens or may open: each purpose says where to, and each opening is noted. */
export class Connections {
  readonly #intents: Readonly<Record<ConnectionPurpose, () => readonly Intent[]>>;
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #opened = new Map<string, Opened>();

  constructor(
    intents: Readonly<Record<ConnectionPurpose, () => readonly Intent[]>>,
    clock: Pick<Clock, 'wallMs'>,
  ) {
    this.#intents = intents;
    this.#clock = clock;
  }

  readonly note: NoteOpening = (purpose, { host, port }) => {
    const opened = { purpose, host, port, lastAtMs: this.#clock.wallMs() };
    this.#opened.set(keyOf(purpose, opened), opened);
  };

  /** By purpose; what was opened and is intended no more comes after what is. */
  list(): Connection[] {
    return Object.entries(this.#intents).flatMap(([name, intents]) => {
      const purpose = name as ConnectionPurpose;
      const intended = intents().map(({ host, port, isOn }): Connection => {
        const lastAtMs = this.#opened.get(keyOf(purpose, { host, port }))?.lastAtMs ?? null;
        return { purpose, host, port, isOn, lastAtMs };
      });
      const keys = new Set(intended.map((place) => keyOf(purpose, place)));
      const former = [...this.#opened]
        .filter(([key, opened]) => opened.purpose === purpose && !keys.has(key))
        .map(([, opened]): Connection => ({ ...opened, isOn: false }));
      return [...intended, ...former];
    });
  }
}

function keyOf(purpose: ConnectionPurpose, { host, port }: Place): string {
  return JSON.stringify([purpose, host, port]);
}
