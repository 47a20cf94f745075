/** A call that failed. `code` is one of ours, or `rpc<number>` for an error monerod returned. */
export class RpcError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
