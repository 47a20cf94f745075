/**
 * What pools say when they refuse something, and what is done about it. Data from the sources of
 * xmrig-proxy, p2pool, nodejs-pool (MoneroOcean, Snipa22), cryptonote-nodejs-pool, monero-pool and
 * xmr-node-proxy. Matched without regard to case, from the start of the text, first hit wins.
 */

export type ErrorClass =
  /** The login is wrong: retrying cannot help, the user must change something. */
  | 'fatal'
  /** The pool cannot serve now: reconnect with backoff. */
  | 'transient'
  /** The pool wants us gone for a while: come back after ten minutes or more. */
  | 'ban'
  /** The pool forgot the session: reconnect and log in. */
  | 'sessionLost'
  /** The share came too late: nothing is wrong. */
  | 'stale'
  /** We sent something we should not have. */
  | 'ownFault'
  /** The share did not count. */
  | 'rejected'
  /** The share did not count because there were too many: nothing is wrong with it. */
  | 'throttled'
  /** The pool wants the nonce's last byte left alone. */
  | 'nonceReserved';

const table: readonly (readonly [ErrorClass, readonly RegExp[]])[] = [
  [
    'fatal',
    [
      /^invalid payment address/,
      /^invalid address/,
      /^invalid wallet/,
      /^missing login/,
      /^no login specified/,
      /^no login\/password specified/,
      /^no address specified/,
      /^banned payment address/,
      /^permanently banned payment address/,
      /^exchange addresses need payment ids/,
      /^please use .*(?:login|user)/,
      /^legacy wallet\.paymentid/,
      /^too many options in the login/,
      /^invalid difficulty specified/,
      /^this pool does not allow payouts to bitcoin/,
      /^algo array must include/,
      /^mode self-select/,
      /^pool disabled self-select/,
      /^incompatible/,
      /^permission denied/,
      /^no compatible algorithm/,
      /^algorithm negotiation failed/,
    ],
  ],
  [
    'transient',
    [
      /^no active block template/,
      /^no block template yet/,
      /^disconnected from p2pool network/,
      /^bad gateway/,
      /^not enough extranonces/,
      /^rate limit exceeded/,
      /^no double login is allowed/,
      /^removing client/,
      /^unknown (?:rpc )?method/,
      /^invalid method/,
    ],
  ],
  [
    'ban',
    [
      /^ip address currently banned/,
      /^your ip is banned/,
      /^banned/,
      /^new connections from this ip address are temporarily suspended/,
      /^temporary \(.*\) ban/,
    ],
  ],
  ['sessionLost', [/^unauthenticated/]],
  [
    'stale',
    [
      /^invalid job id/,
      /^cannot find job with job_id/,
      /^block expired/,
      /^block outdated/,
      /^stale share/,
    ],
  ],
  ['nonceReserved', [/^invalid nonce; is miner not compatible with nicehash/]],
  [
    'ownFault',
    [
      /^duplicate share/,
      /^attack detected/,
      /^job_id invalid length/,
      /^result not hex string/,
      /^nonce not an unsigned long int/,
      /^\S+ not found$/,
      /^\S+ not a json_type_\w+/,
      /^invalid block/,
      /^incorrect algorithm/,
    ],
  ],
  [
    'throttled',
    [/^throttled down share submission/, /^too many share submissions for the current job/],
  ],
  [
    'rejected',
    [
      /^low difficulty share/,
      /^low diff share/,
      /^invalid share/,
      /^invalid pow/,
      /^rejected share: invalid result/,
      /^incorrect hashing protocol in use/,
      /^couldn't check pow/,
      /^submit failed/,
    ],
  ],
];

/** Undefined for a text no known pool sends. */
export function classifyError(message: string): ErrorClass | undefined {
  const text = message.toLowerCase();
  return table.find(([, patterns]) => patterns.some((pattern) => pattern.test(text)))?.[0];
}
