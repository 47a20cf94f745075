import { problem, type Problem } from '../../contract/problem.ts';

/** What an error of the native package tells: its `RandomxError`s, and the errors among its events. */
interface CodedError {
  readonly code: string;
  readonly message: string;
}

/** Why there is no engine, or none any more. Takes whatever was thrown. */
export function engineProblem(error: unknown): Problem {
  const { code, message } = toCoded(error);
  switch (code) {
    case 'libraryMissing':
      return problem('engineMissing');
    case 'libraryMismatch':
      return problem('engineChanged');
    case 'outOfMemory':
      return problem('engineOutOfMemory');
    case 'pagesUnavailable':
      return problem('enginePagesUnavailable');
    case 'selfTestFailed':
      return problem('engineSelfTestFailed');
    case 'threadFailed':
      return problem('engineThreadRefused');
    case 'cpuUnsupported':
      return problem('engineCpuUnsupported');
    case 'unsupportedAlgorithm':
      return problem('engineAlgorithmUnknown');
    default:
      return problem('engineFault', { reason: message });
  }
}

/** What went wrong in an engine that goes on, and how it does. */
export function engineWarning(error: CodedError): Problem {
  switch (error.code) {
    case 'outOfMemory':
      return problem('fastModeNeedsMemory');
    case 'selfTestFailed':
      return problem('fastPathWrong');
    case 'codeMemoryRefused':
      return problem('generatedCodeForbidden');
    case 'wrongShare':
      return problem('wrongShare');
    case 'shareUnchecked':
      return problem('shareUnchecked');
    case 'keyWaits':
      return problem('keyWaits');
    case 'fewerThreads':
      return problem('fewerThreads');
    default:
      return problem('engineWarning', { reason: error.message });
  }
}

function toCoded(error: unknown): CodedError {
  const message = error instanceof Error ? error.message : String(error);
  if (typeof error !== 'object' || error === null) return { code: 'unknown', message };
  const { code } = error as Partial<CodedError>;
  const said = (error as Partial<CodedError>).message ?? message;
  return { code: String(code), message: said };
}
