import { relative } from 'node:path';
import ts from 'typescript';
import { en } from '../../../electron/contract/text/en.ts';

/** Functions whose first argument is a key, and the section it is of. */
const speakers: ReadonlyMap<string, string> = new Map([
  ['t', ''],
  ['problem', 'problem.'],
  ['remark', 'health.remarks.'],
]);
const logKeys: ReadonlySet<string> = new Set(Object.keys(en.log));

/**
 * The keys of the catalogue that the program says, as the compiler knows them: an argument counts for all that its type can
 * be, so a key that is put together from parts counts for each of its sentences. Throws where a key may be any text.
 */
export function usedKeys(root: string): ReadonlySet<string> {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, (path) =>
    ts.sys.readFile(path),
  ) as {
    readonly config: unknown;
  };
  const isOurs = (path: string) => /^(electron|renderer)\//.test(relative(root, path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(fileNames.filter(isOurs), options);
  const checker = program.getTypeChecker();
  const used = new Set<string>();

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const section = speakers.get(nameOf(node.expression));
      const [key] = node.arguments;
      if (section !== undefined && key !== undefined) {
        for (const text of textsOf(checker, key)) used.add(section + text);
      }
    }
    if (ts.isStringLiteral(node) && isLogKey(checker, node)) used.add(`log.${node.text}`);
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) visit(file);
  return used;
}

function nameOf(called: ts.Expression): string {
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  return ts.isIdentifier(called) ? called.text : '';
}

function textsOf(checker: ts.TypeChecker, key: ts.Expression): readonly string[] {
  const type = checker.getTypeAtLocation(key);
  return (type.isUnion() ? type.types : [type]).map((part) => {
    if (part.isStringLiteral()) return part.value;
    throw new Error(`${key.getText()} in ${key.getSourceFile().fileName} may be any text.`);
  });
}

/** Whether this is a key of the log, and one is expected where it stands. */
function isLogKey(checker: ts.TypeChecker, text: ts.StringLiteral): boolean {
  if (!logKeys.has(text.text)) return false;
  const expected = checker.getContextualType(text);
  return (
    expected?.isUnion() === true &&
    expected.types.length === logKeys.size &&
    expected.types.every((part) => part.isStringLiteral() && logKeys.has(part.value))
  );
}
