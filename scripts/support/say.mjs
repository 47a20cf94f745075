/** What these scripts tell goes to stderr: stdout belongs to the program they start. */
export function say(text) {
  process.stderr.write(`ibctminer: ${text}\n`);
}

/** A failure that has its sentence for people already; no stack trace is shown. */
export class SetUpError extends Error {}

/** Runs a script's main function; what it throws becomes one sentence and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
