import { problem } from '../../../contract/problem.ts';
import { answerChallenge, parseChallenge, type Challenge, type Login } from './digest.ts';
import { NodeError } from './nodeError.ts';

type Demand =
  | { readonly scheme: 'digest'; readonly challenge: Challenge }
  | { readonly scheme: 'basic' };

/** Logs in where a node asks for it: by digest, as monerod does, or with the plain password that web servers want. */
export class Authorization {
  readonly #login: Login | undefined;
  /** Nobody on the way can read along. */
  readonly #isPrivate: boolean;
  #demand: Demand | undefined;
  #uses = 0;

  constructor(login: Login | undefined, isPrivate: boolean) {
    this.#login = login;
    this.#isPrivate = isPrivate;
  }

  /** Takes the `WWW-Authenticate` of a refusal; throws NodeError when it cannot be answered. */
  demand(header: string): void {
    const challenge = parseChallenge(header);
    this.#uses = 0;
    if (this.#login === undefined) throw new NodeError(problem('nodeLoginNeeded'), FINAL);
    if (challenge !== undefined) {
      this.#demand = { scheme: 'digest', challenge };
      return;
    }
    if (!/\bBasic\b/i.test(header)) throw new NodeError(problem('nodeLoginUnknown'), FINAL);
    if (!this.#isPrivate) throw new NodeError(problem('nodeLoginInClear'), FINAL);
    this.#demand = { scheme: 'basic' };
  }

  /** What to send with a request; nothing before it was asked for. */
  header(path: string): { readonly authorization?: string } {
    const login = this.#login;
    if (login === undefined || this.#demand === undefined) return {};
    if (this.#demand.scheme === 'basic') {
      const token = Buffer.from(`${login.user}:${login.password}`).toString('base64');
      return { authorization: `Basic ${token}` };
    }
    this.#uses += 1;
    const request = { method: 'POST', path };
    return { authorization: answerChallenge(this.#demand.challenge, login, request, this.#uses) };
  }
}

const FINAL = { isFinal: true };
