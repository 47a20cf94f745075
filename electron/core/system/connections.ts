import type { Socket } from 'node:net';
import type { Connection, ConnectionPurpose } from '../../contract/connections.ts';
import type { Clock } from '../clock.ts';

type Place = Pick<Connection, 'host' | 'port'>;
/** Where an opener may connect to as things are. */
export type Intent = Place & Pick<Connection, 'isOn'>;
export type Intents = Readonly<Record<ConnectionPurpose, readonly Intent[]>>;
/** What a connection has carried so far, up to its `close`. */
type Wire = Pick<Socket, 'bytesWritten' | 'bytesRead' | 'once'>;
/** An opener tells of each connection that it is about to open, or that it was asked for. */
export type NoteOpening = (purpose: ConnectionPurpose, place: Place, wire: Wire) => void;

interface Opened extends Place {
  readonly purpose: ConnectionPurpose;
  readonly lastAtMs: number;
  /** Of connections that are closed. */
  readonly before: Bytes;
  readonly open: Set<Wire>;
}

interface Bytes {
  sentBytes: number;
  receivedBytes: number;
}

/** Every connection that the app opens or may open: each opening is noted, and a list sets them beside what is intended. */
export class Connections {
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #opened = new Map<string, Opened>();

  constructor(clock: Pick<Clock, 'wallMs'>) {
    this.#clock = clock;
  }

  readonly note: NoteOpening = (purpose, { host, port }, wire) => {
    const key = keyOf(purpose, { host, port });
    const { before, open } = this.#opened.get(key) ?? { before: noBytes(), open: new Set() };
    const lastAtMs = this.#clock.wallMs();
    this.#opened.set(key, { purpose, host, port, lastAtMs, before, open });
    open.add(wire);
    wire.once('close', () => {
      open.delete(wire);
      add(before, wire);
    });
  };

  /** By purpose; what was opened and is intended no more comes after what is. */
  list(intents: Intents): Connection[] {
    return Object.entries(intents).flatMap(([name, ofPurpose]: [string, readonly Intent[]]) => {
      const purpose = name as ConnectionPurpose;
      const intended = ofPurpose.map(({ host, port, isOn }): Connection => {
        const opened = this.#opened.get(keyOf(purpose, { host, port }));
        return { ...{ purpose, host, port, isOn }, ...carriedBy(opened) };
      });
      const keys = new Set(intended.map((place) => keyOf(purpose, place)));
      const former = [...this.#opened]
        .filter(([key, opened]) => opened.purpose === purpose && !keys.has(key))
        .map(([, opened]): Connection => {
          const { host, port } = opened;
          return { ...{ purpose, host, port, isOn: false }, ...carriedBy(opened) };
        });
      return [...intended, ...former];
    });
  }
}

function carriedBy(
  opened: Opened | undefined,
): Pick<Connection, 'lastAtMs' | 'sentBytes' | 'receivedBytes'> {
  const bytes = { ...(opened?.before ?? noBytes()) };
  for (const wire of opened?.open ?? []) add(bytes, wire);
  return { lastAtMs: opened?.lastAtMs ?? null, ...bytes };
}

function add(bytes: Bytes, { bytesWritten, bytesRead }: Wire): void {
  bytes.sentBytes += bytesWritten;
  bytes.receivedBytes += bytesRead;
}

const noBytes = (): Bytes => ({ sentBytes: 0, receivedBytes: 0 });

function keyOf(purpose: ConnectionPurpose, { host, port }: Place): string {
  return JSON.stringify([purpose, host, port]);
}
