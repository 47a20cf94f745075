import type { Problem } from '../../contract/problem.ts';
import type { EngineStatus } from '../engine/engine.ts';

/**
 * The hashing threads.
 *
 *   off ──first job──► preparing ──cache──► light ──dataset──► fast
 *    ▲                     │  ▲               │  ▲               │
 *    │                     │  └── new key ────┘  └── new key ────┤
 *    └──── stopping ◄──────┴──────────────────────────── stop ───┘     any ──error──► failed ──start──► off
 */
export type EngineState =
  | { readonly state: 'off' }
  | { readonly state: 'preparing'; readonly progress: number }
  /** `progress`: of the dataset in the making, 0 when there is none. */
  | { readonly state: 'light'; readonly progress: number }
  | { readonly state: 'fast' }
  | { readonly state: 'stopping' }
  | { readonly state: 'failed'; readonly problem: Problem };

export type EngineStateEvent =
  | { readonly type: 'created' }
  | { readonly type: 'status'; readonly status: EngineStatus }
  | { readonly type: 'stopRequested' }
  | { readonly type: 'gone' }
  | { readonly type: 'failed'; readonly problem: Problem }
  /** The user starts again after a failure. */
  | { readonly type: 'forgiven' };

export function transition(from: EngineState, event: EngineStateEvent): EngineState {
  switch (event.type) {
    case 'created':
      return { state: 'preparing', progress: 0 };
    case 'status':
      return onStatus(from, event.status);
    case 'stopRequested':
      return from.state === 'failed' ? from : { state: 'stopping' };
    case 'gone':
      return from.state === 'stopping' ? { state: 'off' } : from;
    case 'failed':
      return from.state === 'failed' ? from : { state: 'failed', problem: event.problem };
    case 'forgiven':
      return from.state === 'failed' ? { state: 'off' } : from;
  }
}

/** What the engine says of itself counts only while it is neither stopping nor failed. */
function onStatus(from: EngineState, status: EngineStatus): EngineState {
  if (from.state === 'failed' || from.state === 'stopping') return from;
  const progress = status.datasetProgress < 1 ? status.datasetProgress : 0;
  switch (status.state) {
    case 'idle':
    case 'preparing':
      return { state: 'preparing', progress };
    case 'light':
      return { state: 'light', progress };
    case 'fast':
      return { state: 'fast' };
    case 'paused': // the permission says why; the mode is what it was
    case 'stopping':
    case 'stopped':
    case 'failed': // an error says why
      return from;
  }
}
