import { problem, type Problem } from '../../contract/problem.ts';

/** What a text says whom to pay. */
export type Payee =
  | { readonly ok: true; readonly address: string; readonly isFromLink: boolean }
  | { readonly ok: false; readonly problem: Problem };

const parameters = /^[^=&?#\s]+=[^=&?#\s]*(?:&[^=&?#\s]+=[^=&?#\s]*)*$/;

/**
 * The address in `text`: the text itself, or that of a payment link `monero:ADDRESS?tx_amount=…`, which wallets put into QR
 * codes (monero-project/monero, wiki, URI-Formatting). Nothing else of the link is taken; one that says more than an
 * address can hold is refused.
 */
export function readPayee(text: string): Payee {
  const trimmed = text.trim();
  if (/^monero[-_]wallet:/i.test(trimmed)) return refuse(problem('addressLinkOfWallet'));
  const [, rest] = /^monero:(?:\/\/)?(.*)$/is.exec(trimmed) ?? [];
  if (rest === undefined) return { ok: true, address: trimmed, isFromLink: false };
  const [, address = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  if (query !== undefined && query !== '') {
    if (!parameters.test(query)) return refuse(problem('addressLinkMalformed'));
    if (/(?:^|&)tx_payment_id=[^&]/i.test(query)) return refuse(problem('addressLinkPaymentId'));
  }
  return { ok: true, address, isFromLink: true };
}

function refuse(problem: Problem): Payee {
  return { ok: false, problem };
}
