import type { Socket } from 'node:net';
import type { Installation } from '../../contract/uninstall.ts';
import type { Clock } from '../../core/clock.ts';
import { lookForRelease, type Publisher } from '../../core/release/lookForRelease.ts';
import { takeOver, UPDATE_WAYS, type Handover } from './takeOver.ts';
import { UpdateFile } from './updateFile.ts';
import { Updates } from './updates.ts';

export interface OpenUpdatesParts {
  readonly clock: Clock;
  readonly version: string;
  readonly publisher: Publisher;
  readonly installed: Installation['kind'];
  /** Where what was fetched waits. */
  readonly folder: string;
  readonly handover: Handover;
  /** Of each connection to the publisher's server, before it is opened. */
  readonly onOpening: (socket: Socket) => void;
  readonly isBlockUnderWay: () => boolean;
  /** Called once for every version that is heard of. */
  readonly onNewer: (version: string) => void;
}

/** Newer versions of this program, for this computer. */
export function openUpdates(parts: OpenUpdatesParts): { updates: Updates; file: UpdateFile } {
  const { installed, publisher, handover, onOpening } = parts;
  const file = new UpdateFile({
    address: publisher.address,
    folder: parts.folder,
    onOpening,
    isBlockUnderWay: parts.isBlockUnderWay,
    takeOver: (newer, listed) => takeOver(handover, newer, listed),
  });
  const updates = new Updates({
    clock: parts.clock,
    version: parts.version,
    way: UPDATE_WAYS[installed],
    publisher,
    target: `${installed}-${process.arch}`,
    file,
    look: (from) => lookForRelease(from, onOpening),
    onNewer: parts.onNewer,
  });
  return { updates, file };
}
