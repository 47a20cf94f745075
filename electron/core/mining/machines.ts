import type { PauseReason, Problem } from '../../contract/snapshot.ts';

/**
 * The session's three small machines. Each knows nothing of the others; derive.ts turns the three into
 * the one state that people see.
 */

/**
 * The way to the work source.
 *
 *   offline ──start──► connecting ──login──► loggedIn
 *      ▲                   ▲  │                  │
 *      │                retry └──────┐           │ disconnected
 *    stop,                 │         ▼           │
 *   failure              waiting ◄───────────────┘
 */
export type Link =
  /** `failure`: the source gave up for good (a wrong address, say). */
  | { readonly state: 'offline'; readonly failure?: Problem }
  | { readonly state: 'connecting' }
  | { readonly state: 'loggedIn'; readonly sinceMs: number }
  | { readonly state: 'waiting'; readonly retryAtMs: number; readonly why: Problem };

/**
 * The hashing threads.
 *
 *   off ──first job──► preparing ──cache──► light ──dataset──► fast
 *    ▲                     │  ▲               │  ▲               │
 *    │                     │  └── new key ────┘  └── new key ────┤
 *    └──── stopping ◄──────┴──────────────────────────── stop ───┘     any ──error──► failed
 */
export type EngineMachine =
  | { readonly state: 'off' }
  | { readonly state: 'preparing'; readonly progress: number }
  /** `progress`: of the dataset in the making, 0 when there is none. */
  | { readonly state: 'light'; readonly progress: number }
  | { readonly state: 'fast' }
  | { readonly state: 'stopping' }
  | { readonly state: 'failed'; readonly problem: Problem };

/**
 * What the user and the policies allow. Stop outranks everything and lasts; a pause returns by itself.
 *
 *   consentMissing ──consent──► stoppedByUser ◄──start / stop──► allowed ◄──pause / resume──► paused
 */
export type Permission =
  | { readonly state: 'consentMissing' }
  | { readonly state: 'stoppedByUser' }
  | {
      readonly state: 'paused';
      readonly reasons: readonly PauseReason[];
      /** Unix time in ms at which a snooze ends by itself. */
      readonly untilMs?: number;
    }
  | { readonly state: 'allowed' };
