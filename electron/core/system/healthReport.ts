import type { HealthItem } from '../../contract/health.ts';
import type { Text } from '../../contract/text/index.ts';

export interface ReportFacts {
  readonly appVersion: string;
  readonly platform: string;
  readonly cpuName: string | null;
  readonly why: string;
  readonly items: readonly HealthItem[];
  /** Hides addresses; the report is made for pasting in public. */
  readonly redact: (text: string) => string;
}

const marks = { ok: '[ok]', warn: '[!!]', unknown: '[??]' } as const;

/** The health page as a text for an issue or a forum, without any address. */
export function healthReport(
  { t, finding }: Pick<Text, 't' | 'finding'>,
  facts: ReportFacts,
): string {
  const { appVersion: version, platform, why } = facts;
  const lines = [
    t('health.report.title', { version, platform }),
    t('health.report.cpu', { name: facts.cpuName ?? t('health.statuses.unknown') }),
    t('health.report.state', { why }),
    '',
    ...facts.items.flatMap(({ id, status, remarks, fix, commands }) => [
      `${marks[status]}  ${t(`health.checks.${id}`)}: ${remarks.map(finding).join(' ')}`,
      ...(fix === null ? [] : [`      ${finding(fix)}`]),
      ...(fix === null
        ? []
        : commands.map(({ use, command }) => `      ${t(`health.commands.${use}`)}: ${command}`)),
    ]),
  ];
  return facts.redact(`${lines.join('\n')}\n`);
}
