import { cpuReport } from '../cpu.ts';
import { measure, type BenchOptions } from '../measure.ts';
import type { CpuReport } from '../types.ts';
import { UsageError, algorithms, oneOf, readOptions, runCommand, wholeNumber } from './usage.ts';

const usage =
  'npm run -s bench -- [--algo rx/0|rx/2|cn/1] [--threads N] [--seconds S] [--mode fast|light] [--pages auto|1g|2m|thp|4k] [--interleave N|auto] [--verify] [--json]';

/** Measures the hash rate of this machine; nothing is sent anywhere. */
await runCommand(async () => {
  const { json, options } = readBenchOptions();
  if (options === undefined) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const result = await measure(options, say);
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  }
  const { median, min, max } = result.hashesPerSecond;
  process.stdout.write(
    `${result.algo}, ${result.threads} threads, ${options.mode} mode: ${median} H/s (${min} to ${max} H/s)\n`,
  );
  return 0;
});

function readBenchOptions(): { json: boolean; options?: BenchOptions } {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const values = readOptions(
    {
      algo: text,
      threads: text,
      seconds: text,
      mode: text,
      pages: text,
      interleave: text,
      verify: flag,
      json: flag,
      help: flag,
    },
    usage,
  );
  const json = values.json === true;
  if (values.help === true) return { json };
  const interleave = values.interleave ?? 'auto';
  const options: BenchOptions = {
    algorithm: oneOf('algo', values.algo ?? 'rx/0', algorithms),
    cpus: chooseCpus(cpuReport(), values.threads),
    seconds: wholeNumber('seconds', values.seconds ?? '10', 1, 86_400),
    mode: oneOf('mode', values.mode ?? 'fast', ['fast', 'light']),
    pages: oneOf('pages', values.pages ?? 'auto', ['auto', '1g', '2m', 'thp', '4k']),
    interleave: interleave === 'auto' ? 'auto' : wholeNumber('interleave', interleave, 1, 4),
    verify: values.verify === true,
  };
  return { json, options };
}

/** The recommended CPUs first, then the others this process may use. */
function chooseCpus(report: CpuReport, threads: string | undefined): number[] {
  if (threads === undefined) return [...report.recommendedCpus];
  const others = report.cpus.filter((cpu) => cpu.allowed && !cpu.recommended).map((cpu) => cpu.id);
  const usable = [...report.recommendedCpus, ...others];
  const count = wholeNumber('threads', threads, 1, 1024);
  if (count > usable.length) {
    throw new UsageError(
      `--threads ${count} is more than the ${usable.length} logical CPUs this program may use.`,
    );
  }
  return usable.slice(0, count);
}
