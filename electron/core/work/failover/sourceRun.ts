import type { Job } from '../job.ts';
import type { SourceEvent, WorkSource } from '../source.ts';

/** Pools take shares of no more jobs than these. */
const REMEMBERED_JOBS = 16;

/** One life of a source, from start to stop. */
export class Run {
  readonly source: WorkSource;
  #story: SourceEvent[] = [];
  readonly #jobs: Job[] = [];

  constructor(source: WorkSource) {
    this.source = source;
  }

  /** What whoever comes late must hear: how the present connection came about, and its latest job. */
  get story(): readonly SourceEvent[] {
    return this.#story;
  }

  /** The latest ones that it gave. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  /** It is connecting, or connected. */
  get isOpen(): boolean {
    return this.#story.length > 0;
  }

  remember(event: SourceEvent): void {
    switch (event.type) {
      case 'connecting':
        this.#story = [event];
        break;
      case 'connected':
      case 'loggedIn':
      case 'warning':
        this.#story.push(event);
        break;
      case 'job':
        this.#jobs.push(event.job);
        if (this.#jobs.length > REMEMBERED_JOBS) this.#jobs.shift();
        this.#replaceWork(event);
        break;
      case 'unminableJob':
        this.#replaceWork(event);
        break;
      case 'disconnected':
      case 'failed':
        this.#story = [];
        break;
      case 'accepted':
      case 'rejected':
      case 'stale':
    }
  }

  #replaceWork(event: SourceEvent): void {
    this.#story = this.#story.filter(({ type }) => type !== 'job' && type !== 'unminableJob');
    this.#story.push(event);
  }
}
