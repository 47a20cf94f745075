import type { HealthItem } from '../../contract/ipc.ts';

export interface ReportFacts {
  readonly appVersion: string;
  readonly platform: string;
  readonly cpuName: string;
  readonly why: string;
  readonly items: readonly HealthItem[];
  /** Hides addresses; the report is made for pasting in public. */
  readonly redact: (text: string) => string;
}

const marks = { ok: 'ok  ', warn: 'WARN', unknown: '?   ' } as const;

/** The health page as a text for an issue or a forum, without any address. */
export function healthReport(facts: ReportFacts): string {
  const lines = [
    `Ibctminer ${facts.appVersion} on ${facts.platform}`,
    `CPU: ${facts.cpuName}`,
    `State: ${facts.why}`,
    '',
    ...facts.items.flatMap(({ title, status, detail, fix }) => [
      `${marks[status]}  ${title}: ${detail}`,
      ...(fix === null ? [] : [`      ${fix}`]),
    ]),
  ];
  return facts.redact(`${lines.join('\n')}\n`);
}
