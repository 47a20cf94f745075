/** One of JSON's marks and values (RFC 8259), with the white space before it. */
const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

export interface Place {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Where a text stops being JSON: its first mark that cannot stand there, or its end. For texts that JSON.parse refused. */
export function placeOfJsonFault(text: string): Place {
  const offset = faultOffset(text);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd';

function faultOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let end = 0;
  for (;;) {
    token.lastIndex = end;
    const match = token.exec(text);
    const start = end + (/^[ \t\n\r]*/.exec(text.slice(end))?.[0].length ?? 0);
    if (match === null) return start;
    const [, mark, string] = match;
    const next = after(mark ?? (string === undefined ? 'value' : 'string'), expected, open);
    if (next === null) return start;
    expected = next;
    end = token.lastIndex;
  }
}

/** What may follow; null where `found` cannot stand. Keeps what is open. */
function after(found: string, expected: Expected, open: ('{' | '[')[]): Expected | null {
  const isValue = expected === 'value' || expected === 'valueOrEnd';
  switch (found) {
    case '{':
    case '[':
      if (!isValue) return null;
      open.push(found);
      return found === '{' ? 'keyOrEnd' : 'valueOrEnd';
    case '}':
      return (expected === 'keyOrEnd' || expected === 'commaOrEnd') && open.pop() === '{'
        ? 'commaOrEnd'
        : null;
    case ']':
      return (expected === 'valueOrEnd' || expected === 'commaOrEnd') && open.pop() === '['
        ? 'commaOrEnd'
        : null;
    case ',':
      if (expected !== 'commaOrEnd' || open.length === 0) return null;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : null;
    case 'string':
      if (expected === 'key' || expected === 'keyOrEnd') return 'colon';
      return isValue ? 'commaOrEnd' : null;
    default:
      return isValue ? 'commaOrEnd' : null;
  }
}
