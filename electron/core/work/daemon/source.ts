import type { Socket } from 'node:net';
import { isPrivateWay } from '../../../contract/host.ts';
import { nodePayoutProblem } from '../../../contract/payout.ts';
import { problem, type Problem } from '../../../contract/problem.ts';
import { systemClock, type Clock } from '../../clock.ts';
import type { Share } from '../job.ts';
import { SharesUnderWay } from '../sharesUnderWay.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../source.ts';
import type { DaemonSpec } from '../spec.ts';
import { retryDelayMs } from '../stratum/backoff.ts';
import type { PresentedCertificate } from '../stratum/trust.ts';
import { BlockAnnouncements } from './blockAnnouncements.ts';
import { connectTo } from './connectToNode.ts';
import { chainTopOf, checkNode, takeTemplate } from './node.ts';
import { NodeError, toNodeError } from './nodeError.ts';
import type { DaemonRpc } from './rpc.ts';
import { submitBlock, type Fate } from './submission.ts';
import { blockId, blockWithNonce, isBlock, joinsMainChain, networkOf, toJob } from './template.ts';
import { Templates, type Work } from './templates.ts';

const POLL_INTERVAL_MS = 1000;
/** Older templates are renewed for newer transactions and time, and the node is asked anew whether it is synchronised. */
const TEMPLATE_LIFE_MS = 15_000;
/** A node that starts anew takes about a minute, and a block is worth waiting for. */
const BLOCK_PATIENCE_MS = 120_000;

/**
 * Where the conversation with the node stands.
 *
 *            start               it answers               a template
 *   idle ───────────► connecting ─────────► connected ───────────────► mining
 *                       ▲    │                  │                        │
 *                       │    └──────────────────┴── what can be mended ──┤
 *                       └── delay over, or woken ── waiting ◄────────────┘
 *
 * From anywhere: over, by `stop`, `leave`, or what only the user can mend.
 */
type State = 'idle' | 'connecting' | 'connected' | 'mining' | 'waiting' | 'over';

/**
 * Solo mining on a monerod. Asks for a template, watches the chain's top once a second, and submits
 * whole blocks: a share here is a block, and it counts as accepted when it is on the main chain.
 */
export class DaemonSource implements WorkSource {
  readonly endpoint: Endpoint;
  readonly #spec: DaemonSpec;
  readonly #listener: SourceListener;
  readonly #clock: Clock;
  readonly #rpc: DaemonRpc;
  readonly #announcements: BlockAnnouncements | undefined;
  readonly #templates = new Templates();
  readonly #shares: SharesUnderWay;
  readonly #over = new AbortController();
  #state: State = 'idle';
  #certificate: PresentedCertificate | undefined;
  #hasWarned = false;
  #isLeaving = false;
  /** Blocks of this chain can be sold. */
  #isOfWorth = false;
  /** Since the node last gave work. */
  #failures = 0;
  /** A new template is wanted before the next poll. */
  #isStirred = false;
  #endSleep: () => void = () => undefined;

  constructor(
    spec: DaemonSpec,
    listener: SourceListener,
    clock: Clock = systemClock,
    onCertificate: (certificate: PresentedCertificate) => void = () => undefined,
    onOpening: (purpose: 'node' | 'nodeNews', socket: Socket) => void = () => undefined,
  ) {
    const { host, port, tls, zmqPort, socks5 } = spec;
    this.endpoint = { kind: 'daemon', host, port, tls: tls.use !== 'none' };
    this.#spec = spec;
    this.#listener = listener;
    this.#clock = clock;
    this.#shares = new SharesUnderWay(clock);
    this.#rpc = connectTo(spec, clock, {
      onAnswer: () => this.#onAnswer(),
      onOpening: (socket) => onOpening('node', socket),
      onCertificate: (certificate) => {
        this.#certificate = certificate;
        onCertificate(certificate);
      },
    });
    if (zmqPort !== undefined) {
      this.#announcements = new BlockAnnouncements(
        {
          ...{ host, port: zmqPort, onOpening: (socket: Socket) => onOpening('nodeNews', socket) },
          ...(socks5 === undefined ? {} : { socks5 }),
        },
        {
          onNewTop: () => this.#stir(),
          onLost: (why) => this.#tell({ type: 'warning', problem: why }),
        },
        clock,
      );
    }
  }

  start(): void {
    if (this.#state === 'idle') void this.#run();
  }

  wake(): void {
    if (this.#state === 'idle' || this.#isOver()) return;
    this.#failures = 0;
    this.#rpc.renew();
    if (this.#state === 'mining') this.#announcements?.start();
    this.#stir();
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#isLeaving = true;
    this.#announcements?.stop();
    for (const share of await this.#shares.settled(Math.max(timeoutMs, BLOCK_PATIENCE_MS))) {
      this.#tell({ type: 'stale', share, error: problem('blockUnanswered') });
    }
    this.stop();
  }

  stop(): void {
    this.#state = 'over';
    this.#shares.clear();
    this.#announcements?.stop();
    this.#over.abort();
    this.#rpc.close();
    this.#endSleep();
  }

  submit(share: Share): void {
    this.#shares.add(share);
    const work = this.#templates.find(share.jobId);
    if (work === undefined) {
      this.#tell({ type: 'stale', share, error: problem('blockSuperseded') });
    } else if (work.isSolved) {
      this.#tell({ type: 'stale', share, error: problem('blockTemplateUsed') });
    } else if (!isBlock(share, work.template)) {
      this.#tell({ type: 'rejected', share, error: problem('blockTooEasy') });
    } else {
      work.isSolved = true;
      void this.#deliver(share, work);
    }
  }

  async #run(): Promise<void> {
    while (!this.#isOver()) {
      this.#state = 'connecting';
      this.#tell({ type: 'connecting', endpoint: this.endpoint });
      try {
        await this.#mine();
      } catch (error) {
        const { problem: why, isFinal } = toNodeError(error);
        if (isFinal) {
          this.#tell({ type: 'failed', error: why });
          this.stop();
        } else {
          await this.#rest(why);
        }
      }
    }
  }

  /** One stay at the node: ends by throwing NodeError, or when it is over. */
  async #mine(): Promise<void> {
    let work = await this.#takeWork();
    this.#state = 'mining';
    this.#tell({ type: 'loggedIn' });
    this.#announcements?.start();
    this.#failures = 0;
    for (;;) {
      this.#offer(work);
      do {
        await this.#sleep(POLL_INTERVAL_MS);
        if (this.#isOver()) return;
      } while (await this.#isCurrent(work));
      work = await this.#takeWork();
    }
  }

  async #takeWork(): Promise<Work> {
    const cannotPay = nodePayoutProblem(this.#spec.address);
    if (cannotPay !== null) throw new NodeError(cannotPay, { isFinal: true });
    this.#isStirred = false;
    this.#isOfWorth = await checkNode(this.#rpc, this.#spec.address);
    this.#rpc.confirm();
    const top = await chainTopOf(this.#rpc);
    const template = await takeTemplate(this.#rpc, this.#spec.address);
    return this.#templates.add(template, top, this.#clock.nowMs());
  }

  #offer({ template, jobId }: Work): void {
    const job = toJob(template, jobId, this.#spec.algorithm);
    const network = this.#isOfWorth ? networkOf(template) : undefined;
    if (job.ok) this.#tell({ type: 'job', job: { ...job.value, ...(network && { network }) } });
    else this.#tell({ type: 'unminableJob', error: job.error });
  }

  /** A proxy's tops are not those its templates build on: they are compared with each other only. */
  async #isCurrent({ top, takenAtMs }: Work): Promise<boolean> {
    if (this.#isStirred || this.#clock.nowMs() - takenAtMs >= TEMPLATE_LIFE_MS) return false;
    const now = await chainTopOf(this.#rpc);
    return now.hash === top.hash && now.height === top.height;
  }

  async #deliver(share: Share, { template, top }: Work): Promise<void> {
    const startedAtMs = this.#clock.nowMs();
    const fate = await submitBlock(
      {
        text: blockWithNonce(template, share.nonce),
        id: blockId(share.blob),
        top,
        joinsMainChain: joinsMainChain(share, template),
      },
      this.#rpc,
      this.#clock,
      this.#over.signal,
    );
    if (fate === undefined) return;
    this.#tell(toEvent(fate, share, this.#clock.nowMs() - startedAtMs));
    this.#stir();
  }

  /** Something answered, whatever it said. */
  #onAnswer(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'connected';
    const fingerprint = this.#certificate?.fingerprint;
    this.#tell({
      type: 'connected',
      endpoint: this.endpoint,
      ...(fingerprint === undefined ? {} : { tlsFingerprint: fingerprint }),
    });
    if (this.#hasWarned || this.#isProven()) return;
    this.#hasWarned = true;
    this.#tell({ type: 'warning', problem: problem('nodeUnproven', { host: this.#spec.host }) });
  }

  /** Nobody in between can hand out templates of his own. */
  #isProven(): boolean {
    const { host, tls } = this.#spec;
    return isPrivateWay(host) || tls.use === 'pinned' || this.#certificate?.verified === true;
  }

  async #rest(why: Problem): Promise<void> {
    if (this.#isOver()) return;
    this.#state = 'waiting';
    this.#failures += 1;
    const retryInMs = retryDelayMs('retry', this.#failures, this.#clock);
    this.#isStirred = false;
    this.#announcements?.stop();
    this.#tell({ type: 'disconnected', endpoint: this.endpoint, error: why, retryInMs });
    await this.#sleep(retryInMs);
  }

  /** Ends the sleep: there is something to ask the node for at once. */
  #stir(): void {
    this.#isStirred = true;
    this.#endSleep();
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isOver() || this.#isStirred) {
        resolve();
        return;
      }
      const cancel = this.#clock.after(delayMs, resolve);
      this.#endSleep = () => {
        cancel();
        resolve();
      };
    });
  }

  #isOver(): boolean {
    return this.#state === 'over' || this.#isLeaving;
  }

  #tell(event: SourceEvent): void {
    const isFate = 'share' in event;
    if (this.#state !== 'over' && (isFate || !this.#isLeaving)) this.#listener(event);
    if (isFate) this.#shares.delete(event.share);
  }
}

function toEvent(fate: Fate, share: Share, roundTripMs: number): SourceEvent {
  return fate.type === 'accepted' ? { ...fate, share, roundTripMs } : { ...fate, share };
}
